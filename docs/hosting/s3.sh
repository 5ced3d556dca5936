#!/bin/sh
# Uploads the sealed folder to a bucket: docs/hosting/s3.sh dist my-bucket
# With AWS=echo it only prints the commands.
set -eu
dist=$1
bucket=$2

# upload PATH CACHE-CONTROL, compressed with Brotli if possible, because S3 doesn't compress.
upload() {
  case $1 in
    *.html) type='text/html;charset=utf-8' ;;
    *.css) type='text/css;charset=utf-8' ;;
    *.js) type='text/javascript;charset=utf-8' ;;
    *.txt) type='text/plain;charset=utf-8' ;;
    *.json) type='application/json' ;;
    *.wasm) type='application/wasm' ;;
    *.svg) type='image/svg+xml' ;;
    *.png) type='image/png' ;;
    *) echo "$1: add its media type to $0" >&2; exit 1 ;;
  esac
  if [ -f "$dist/$1.br" ]; then
    ${AWS:-aws} s3 cp --no-progress "$dist/$1.br" "s3://$bucket/$1" \
      --content-type "$type" --cache-control "$2" --content-encoding br
  else
    ${AWS:-aws} s3 cp --no-progress "$dist/$1" "s3://$bucket/$1" --content-type "$type" --cache-control "$2"
  fi
}

hashed() {
  expr "$1" : '.*-[0-9a-f]\{16\}\.[a-z0-9]*$' >/dev/null
}

files=$(cd "$dist" && find . -type f ! -name '*.br' ! -name '*.gz' ! -name _headers ! -name .nojekyll | sed 's|^\./||' | sort)

# In this order, anyone who gets the new page finds its files, and the worker finds everything.
for path in $files; do
  if hashed "$path"; then upload "$path" public,max-age=31536000,immutable,no-transform; fi
done
for path in $files; do
  if ! hashed "$path" && [ "$path" != sw.js ]; then upload "$path" no-cache; fi
done
upload sw.js no-cache
