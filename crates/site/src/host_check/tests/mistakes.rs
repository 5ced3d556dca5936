//! Each mistake of a host must be found and reported.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use crate::host_check::{
    checks::{check, insecurity},
    client::{Client, Undecodable},
    fault::{HostProblem, Severity},
    tests::{
        folder::{Folder, PROGRAM, SHARD},
        server::{Files, Reply, Request, correctly, in_gzip, serve},
    },
};

/// The problems, with their addresses, of a correct host whose replies go through the mistake.
fn found_with(
    mistake: impl Fn(&Request, Reply) -> Reply + Clone + Send + Sync + 'static,
) -> Vec<(String, HostProblem)> {
    let folder = Folder::new();
    let files = Files::read(folder.path());
    let server = serve("/", move |request| mistake(request, correctly(&files, request)));
    let found = check(server.address()).faults;
    found.into_iter().map(|fault| (fault.at, fault.problem)).collect()
}

/// Only this problem is found, at this address.
fn assert_only(found: &[(String, HostProblem)], at: &str, problem: &HostProblem) {
    assert_eq!(found, [(at.to_owned(), problem.clone())]);
}

fn is_broken(found: &[(String, HostProblem)]) -> bool {
    found.iter().any(|(_, problem)| problem.severity() == Severity::Broken)
}

/// A mistake in the reply for one file.
fn with_file(
    path: &'static str,
    mistake: impl Fn(&mut Reply) + Clone + Send + Sync + 'static,
) -> Vec<(String, HostProblem)> {
    found_with(move |request, mut reply| {
        if request.path == format!("/{path}") {
            mistake(&mut reply);
        }
        reply
    })
}

#[test]
fn a_correct_host_has_no_fault() {
    assert_eq!(found_with(|_, reply| reply), []);
}

#[test]
fn a_page_instead_of_every_file() {
    let folder = Folder::new();
    let files = Files::read(folder.path());
    let server = serve("/", move |_| files.answer(""));
    let found = check(server.address()).faults;
    // release.json is a page as well, so nothing else can be checked.
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].at.as_str(), &found[0].problem), ("release.json", &HostProblem::PageInstead));
}

#[test]
fn a_page_instead_of_a_404() {
    let folder = Folder::new();
    let files = Files::read(folder.path());
    let page = move |_: &Request, reply: Reply| if reply.status == 404 { files.answer("") } else { reply };
    let found = found_with(page);
    assert_eq!(found.len(), 2);
    assert!(
        found.iter().all(|(at, problem)| at.starts_with("nowhere")
            && *problem == HostProblem::UnknownServed { status: 200 })
    );
    assert!(is_broken(&found));
}

#[test]
fn a_wrong_type_is_worse_for_the_program_and_broken_for_a_script() {
    let type_of = |path, media: &'static str| with_file(path, move |reply| reply.set("content-type", media));
    let octets = Some("application/octet-stream".to_owned());
    let program = type_of(PROGRAM, "application/octet-stream");
    assert_only(
        &program,
        PROGRAM,
        &HostProblem::MediaType { is: octets.clone(), wanted: "application/wasm", strict: false },
    );
    assert!(!is_broken(&program));
    let script = type_of("sw.js", "application/octet-stream");
    assert_only(
        &script,
        "sw.js",
        &HostProblem::MediaType { is: octets, wanted: "text/javascript", strict: true },
    );
    assert!(is_broken(&script));
    assert_eq!(type_of("sw.js", "application/javascript; charset=utf-8"), []);
}

#[test]
fn a_redirected_file() {
    let found = with_file(SHARD, |reply| *reply = Reply::redirect(302, "/elsewhere"));
    assert_only(&found, SHARD, &HostProblem::Redirected { to: "/elsewhere".to_owned() });
    assert!(is_broken(&found));
}

#[test]
fn a_proxy_that_injects_a_script() {
    let found = found_with(|request, mut reply| {
        if request.path == "/" {
            reply = Reply { body: b"<!doctype html><script src=extra></script>".to_vec(), ..reply };
            reply.headers.retain(|(name, _)| name != "content-encoding");
        }
        reply
    });
    let at_page = |problem: &HostProblem| found.contains(&("index.html".to_owned(), problem.clone()));
    assert!(at_page(&HostProblem::Changed) && at_page(&HostProblem::NoPolicy), "{found:?}");
    assert!(is_broken(&found));
}

#[test]
fn vary_on_everything() {
    let found = with_file("start-00112233445566ff.js", |reply| reply.set("vary", "*"));
    assert_only(&found, "start-00112233445566ff.js", &HostProblem::VaryEverything);
    assert!(is_broken(&found));
}

#[test]
fn a_page_that_is_cached_for_ever() {
    let cache = "public, max-age=31536000, immutable";
    let found = found_with(move |request, mut reply| {
        if request.path == "/" {
            reply.set("cache-control", cache);
        }
        reply
    });
    assert_only(&found, "index.html", &HostProblem::Frozen { cache: cache.to_owned() });
    assert!(is_broken(&found));
}

#[test]
fn a_worker_that_is_cached_and_a_program_that_is_not() {
    let hour = with_file("sw.js", |reply| reply.set("cache-control", "max-age=3600"));
    assert_only(&hour, "sw.js", &HostProblem::Cached { cache: Some("max-age=3600".to_owned()) });
    let uncached = with_file(PROGRAM, |reply| reply.set("cache-control", "no-cache"));
    assert_only(&uncached, PROGRAM, &HostProblem::NotCached { cache: Some("no-cache".to_owned()) });
    assert!(!is_broken(&hour) && !is_broken(&uncached));
}

#[test]
fn a_cut_file() {
    // The host sends half of the compressed file.
    let half = with_file(SHARD, |reply| reply.body.truncate(reply.body.len() / 2));
    assert_only(&half, SHARD, &HostProblem::Cut);
    // The host has only half of the file.
    let stored = with_file("icon-00112233445566dd.svg", |reply| {
        let icon = b"icon-";
        reply.headers.retain(|(name, _)| name != "content-encoding");
        reply.body = icon.to_vec();
    });
    assert_only(&stored, "icon-00112233445566dd.svg", &HostProblem::Changed);
    assert!(is_broken(&half) && is_broken(&stored));
}

#[test]
fn a_connection_that_ends_early() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let host = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let _ = connection.read(&mut [0; 4096]).unwrap();
        connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").unwrap();
    });
    let answer = Client::new(&address).get(&address).unwrap();
    host.join().unwrap();
    assert!(answer.cut && matches!(answer.decoded(), Err(Undecodable::Cut)));
}

#[test]
fn no_host() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let found = check(&format!("http://127.0.0.1:{port}/")).faults;
    assert!(matches!(found[0].problem, HostProblem::NoResponse { .. }), "{found:?}");
}

#[test]
fn a_list_of_something_else() {
    let found = with_file("release.json", |reply| {
        reply.headers.retain(|(name, _)| name != "content-encoding");
        reply.body = b"{}".to_vec();
    });
    let why = "missing field `release` at line 1 column 2".to_owned();
    assert_only(&found, "release.json", &HostProblem::NoRelease { why });
    assert!(is_broken(&found));
}

#[test]
fn a_missing_file() {
    let found = with_file(SHARD, |reply| reply.status = 404);
    assert_only(&found, SHARD, &HostProblem::Status { status: 404 });
    assert!(is_broken(&found));
}

#[test]
fn an_encoding_that_does_not_match() {
    let encoded = |encoding: &'static str, body: Vec<u8>| {
        with_file("sw.js", move |reply| {
            reply.set("content-encoding", encoding);
            reply.body.clone_from(&body);
        })
    };
    let wrong = |encoding: &str| HostProblem::Encoding { encoding: encoding.to_owned() };
    assert_only(&encoded("gzip", b"neither a header nor a body".to_vec()), "sw.js", &wrong("gzip"));
    let found = encoded("zstd", in_gzip(b"x"));
    assert_only(&found, "sw.js", &wrong("zstd"));
    assert!(is_broken(&found));
}

#[test]
fn no_compression() {
    let found = with_file(PROGRAM, |reply| {
        reply.headers.retain(|(name, _)| name != "content-encoding");
        reply.body = PROGRAM.repeat(200).into_bytes();
    });
    assert_only(&found, PROGRAM, &HostProblem::Uncompressed);
    assert!(!is_broken(&found));
}

#[test]
fn compression_on_demand_without_vary() {
    let found = found_with(|_, mut reply| {
        reply.headers.retain(|(name, _)| name != "vary");
        reply
    });
    assert_only(&found, "index.html", &HostProblem::NoVary);
}

#[test]
fn missing_security_headers() {
    let found = found_with(|_, mut reply| {
        reply
            .headers
            .retain(|(name, _)| name != "content-security-policy" && name != "x-content-type-options");
        reply
    });
    assert!(found.contains(&("index.html".to_owned(), HostProblem::NoPolicyHeader)));
    assert!(found.contains(&("sw.js".to_owned(), HostProblem::NoSniffGuard)));
    assert!(!is_broken(&found));
}

#[test]
fn a_policy_without_frame_ancestors() {
    let found = found_with(|_, mut reply| {
        reply.set("content-security-policy", "default-src 'none'");
        reply
    });
    assert_only(&found, "index.html", &HostProblem::NoPolicyHeader);
}

#[test]
fn a_policy_that_differs_from_the_page() {
    let found = found_with(|_, mut reply| {
        reply.set("content-security-policy", "default-src 'self'; frame-ancestors 'self'");
        reply
    });
    assert_only(&found, "index.html", &HostProblem::OtherPolicy);
    assert!(is_broken(&found));
}

#[test]
fn a_404_that_is_cached_or_has_another_status_or_page() {
    let absent = |mistake: fn(&mut Reply)| {
        found_with(move |_, mut reply| {
            if reply.status == 404 {
                mistake(&mut reply);
            }
            reply
        })
    };
    let all = |found: &[(String, HostProblem)], problem: &HostProblem| {
        assert!(found.len() == 2 && found.iter().all(|(_, other)| other == problem), "{found:?}");
    };
    let cache = "max-age=31536000, immutable";
    let cached = absent(|reply| reply.set("cache-control", "max-age=31536000, immutable"));
    all(&cached, &HostProblem::AbsenceCached { cache: cache.to_owned() });
    assert!(is_broken(&cached));
    all(&absent(|reply| reply.status = 403), &HostProblem::UnknownStatus { status: 403 });
    all(&absent(|reply| *reply = Reply::new(404, b"the host's own page")), &HostProblem::OtherNotFoundPage);
}

#[test]
fn a_folder_without_its_final_slash() {
    let slashless = |reply: fn() -> Reply| {
        let files = Files::read(Folder::new().path());
        let answer = move |request: &Request| match request.path.strip_prefix("/a/b/") {
            Some(path) => files.answer(path),
            None => reply(),
        };
        let server = serve("/a/b/", answer);
        let found = check(server.address()).faults;
        found.into_iter().find(|fault| fault.at.is_empty()).map(|fault| fault.problem)
    };
    assert_eq!(slashless(|| Reply::redirect(301, "/a/b/")), None);
    assert_eq!(slashless(|| Reply::redirect(308, "http://localhost/a/b/")), None);
    let elsewhere = slashless(|| Reply::redirect(301, "/b/"));
    assert_eq!(elsewhere, Some(HostProblem::Slashless { status: 301 }));
    assert_eq!(slashless(|| Reply::new(404, b"")), Some(HostProblem::Slashless { status: 404 }));
    let page = slashless(|| Reply::new(200, b"the page"));
    assert_eq!(page, Some(HostProblem::Slashless { status: 200 }));
    assert_eq!(page.map(|problem| problem.severity()), Some(Severity::Broken));
}

#[test]
fn only_this_machine_may_serve_without_tls() {
    for site in
        ["http://localhost:8080/x/", "http://127.0.0.1/", "http://[::1]:8080/", "https://example.org/"]
    {
        assert_eq!(insecurity(site), None, "{site}");
    }
    for site in ["http://localhost.example.org/", "http://127.0.0.10/", "http://example.org/localhost/"] {
        assert_eq!(insecurity(site), Some(HostProblem::Insecure), "{site}");
    }
}
