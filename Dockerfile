# Builds the sealed folder from source and serves it on an unprivileged nginx: docker build -t sextant .
FROM rust:1.95-bookworm AS build
WORKDIR /sextant
COPY . .
# The caches keep the built tools for the next build.
RUN --mount=type=cache,target=/root/.cache/sextant \
    --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/sextant/target \
    cargo xtask build

FROM nginxinc/nginx-unprivileged:1.29.4-alpine-slim
COPY docs/hosting/nginx.conf /etc/nginx/conf.d/default.conf
COPY --from=build /sextant/dist /usr/share/nginx/html
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "--spider", "http://127.0.0.1:8080/release.json"]
