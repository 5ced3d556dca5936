//! A host with one mistake after another: each must be found, for what it is.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use crate::host_check::{
    checks::{check, insecurity},
    client::{Client, Undecodable},
    finding::{Problem, Severity},
    hosts::{
        files::{Files, in_gzip},
        header_rules::rules,
        pages::{netlify, with_rules},
        server::{Reply, Request, serve},
    },
    tests::{
        Folder,
        folder::{PROGRAM, SHARD},
    },
};

/// The problems of a host that does as it should but for what the mistake does to its replies, with their places.
fn found_with(
    mistake: impl Fn(&Request, Reply) -> Reply + Clone + Send + Sync + 'static,
) -> Vec<(String, Problem)> {
    let folder = Folder::new();
    let (files, rules) = with_rules(folder.path(), rules).unwrap();
    let server = serve("/", move |request| mistake(request, netlify(&files, &rules, request))).unwrap();
    let found = check(server.address()).findings;
    found.into_iter().map(|finding| (finding.at, finding.problem)).collect()
}

/// Exactly this is found, there.
fn assert_only(found: &[(String, Problem)], at: &str, problem: &Problem) {
    assert_eq!(found, [(at.to_owned(), problem.clone())]);
}

fn is_broken(found: &[(String, Problem)]) -> bool {
    found.iter().any(|(_, problem)| problem.severity() == Severity::Broken)
}

/// A mistake with one file's reply.
fn with_file(
    path: &'static str,
    mistake: impl Fn(&mut Reply) + Clone + Send + Sync + 'static,
) -> Vec<(String, Problem)> {
    found_with(move |request, mut reply| {
        if request.path == format!("/{path}") {
            mistake(&mut reply);
        }
        reply
    })
}

#[test]
fn a_host_without_a_mistake_has_none() {
    assert_eq!(found_with(|_, reply| reply), []);
}

#[test]
fn a_page_for_every_path() {
    let folder = Folder::new();
    let files = Files::read(folder.path()).unwrap();
    let server = serve("/", move |_| files.answer("")).unwrap();
    let found = check(server.address()).findings;
    // The list of the release is a page as well, so nothing more can be known.
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].at.as_str(), &found[0].problem), ("release.json", &Problem::PageInstead));
}

#[test]
fn a_page_for_what_is_not_there() {
    let folder = Folder::new();
    let files = Files::read(folder.path()).unwrap();
    let page = move |_: &Request, reply: Reply| if reply.status == 404 { files.answer("") } else { reply };
    let found = found_with(page);
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|(at, problem)| at.starts_with("nowhere")
                && *problem == Problem::UnknownServed { status: 200 })
    );
    assert!(is_broken(&found));
}

#[test]
fn a_wrong_type_of_a_program_is_worse_and_of_a_script_broken() {
    let type_of = |path, media: &'static str| with_file(path, move |reply| reply.set("content-type", media));
    let octets = Some("application/octet-stream".to_owned());
    let program = type_of(PROGRAM, "application/octet-stream");
    assert_only(
        &program,
        PROGRAM,
        &Problem::MediaType { is: octets.clone(), wanted: "application/wasm", strict: false },
    );
    assert!(!is_broken(&program));
    let script = type_of("sw.js", "application/octet-stream");
    assert_only(
        &script,
        "sw.js",
        &Problem::MediaType { is: octets, wanted: "text/javascript", strict: true },
    );
    assert!(is_broken(&script));
    assert_eq!(type_of("sw.js", "application/javascript; charset=utf-8"), []);
}

#[test]
fn a_redirect() {
    let found = with_file(SHARD, |reply| *reply = Reply::redirect(302, "/elsewhere"));
    assert_only(&found, SHARD, &Problem::Redirected { to: "/elsewhere".to_owned() });
    assert!(is_broken(&found));
}

#[test]
fn a_proxy_that_puts_a_script_into_the_page() {
    let found = found_with(|request, mut reply| {
        if request.path == "/" {
            reply = Reply { body: b"<!doctype html><script src=extra></script>".to_vec(), ..reply };
            reply.headers.retain(|(name, _)| name != "content-encoding");
        }
        reply
    });
    let at_page = |problem: &Problem| found.contains(&("index.html".to_owned(), problem.clone()));
    assert!(at_page(&Problem::Changed) && at_page(&Problem::NoPolicy), "{found:?}");
    assert!(is_broken(&found));
}

#[test]
fn vary_on_everything() {
    let found = with_file("start-00112233445566ff.js", |reply| reply.set("vary", "*"));
    assert_only(&found, "start-00112233445566ff.js", &Problem::VaryEverything);
    assert!(is_broken(&found));
}

#[test]
fn a_page_that_is_kept_for_good() {
    let cache = "public, max-age=31536000, immutable";
    let found = found_with(move |request, mut reply| {
        if request.path == "/" {
            reply.set("cache-control", cache);
        }
        reply
    });
    assert_only(&found, "index.html", &Problem::Frozen { cache: cache.to_owned() });
    assert!(is_broken(&found));
}

#[test]
fn a_worker_that_is_kept_for_an_hour_and_a_program_that_is_not_kept() {
    let hour = with_file("sw.js", |reply| reply.set("cache-control", "max-age=3600"));
    assert_only(&hour, "sw.js", &Problem::Kept { cache: Some("max-age=3600".to_owned()) });
    let unkept = with_file(PROGRAM, |reply| reply.set("cache-control", "no-cache"));
    assert_only(&unkept, PROGRAM, &Problem::Forgotten { cache: Some("no-cache".to_owned()) });
    assert!(!is_broken(&hour) && !is_broken(&unkept));
}

#[test]
fn rules_that_overlap() {
    let folder = Folder::new();
    let (files, mut all) = with_rules(folder.path(), rules).unwrap();
    all.extend(rules("/*\n  Cache-Control: no-cache\n"));
    let server = serve("/", move |request| netlify(&files, &all, request)).unwrap();
    let found = check(server.address()).findings;
    assert!(
        found
            .iter()
            .any(|finding| finding.at == PROGRAM && matches!(finding.problem, Problem::Forgotten { .. }))
    );
}

#[test]
fn a_cut_file() {
    // The host says how it is compressed and sends half of it.
    let half = with_file(SHARD, |reply| reply.body.truncate(reply.body.len() / 2));
    assert_only(&half, SHARD, &Problem::Cut);
    // The host has half of the file.
    let stored = with_file("icon-00112233445566dd.svg", |reply| {
        let icon = b"icon-";
        reply.headers.retain(|(name, _)| name != "content-encoding");
        reply.body = icon.to_vec();
    });
    assert_only(&stored, "icon-00112233445566dd.svg", &Problem::Changed);
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
fn nobody_there() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let found = check(&format!("http://127.0.0.1:{port}/")).findings;
    assert!(matches!(found[0].problem, Problem::Unanswered { .. }), "{found:?}");
}

#[test]
fn a_missing_file() {
    let found = with_file(SHARD, |reply| reply.status = 404);
    assert_only(&found, SHARD, &Problem::Status { status: 404 });
    assert!(is_broken(&found));
}

#[test]
fn a_compression_that_is_not_what_it_says() {
    let encoded = |encoding: &'static str, body: Vec<u8>| {
        with_file("sw.js", move |reply| {
            reply.set("content-encoding", encoding);
            reply.body.clone_from(&body);
        })
    };
    let wrong = |encoding: &str| Problem::Encoding { encoding: encoding.to_owned() };
    assert_only(&encoded("gzip", b"neither a header nor a body".to_vec()), "sw.js", &wrong("gzip"));
    let found = encoded("zstd", in_gzip(b"x").unwrap());
    assert_only(&found, "sw.js", &wrong("zstd"));
    assert!(is_broken(&found));
}

#[test]
fn no_compression() {
    let found = with_file(PROGRAM, |reply| {
        reply.headers.retain(|(name, _)| name != "content-encoding");
        reply.body = PROGRAM.repeat(200).into_bytes();
    });
    assert_only(&found, PROGRAM, &Problem::Uncompressed);
    assert!(!is_broken(&found));
}

#[test]
fn a_page_that_is_compressed_on_demand_without_saying_so() {
    let found = found_with(|_, mut reply| {
        reply.headers.retain(|(name, _)| name != "vary");
        reply
    });
    assert_only(&found, "index.html", &Problem::NoVary);
}

#[test]
fn no_guards() {
    let found = found_with(|_, mut reply| {
        reply
            .headers
            .retain(|(name, _)| name != "Content-Security-Policy" && name != "X-Content-Type-Options");
        reply
    });
    assert!(found.contains(&("index.html".to_owned(), Problem::NoPolicyHeader)));
    assert!(found.contains(&("sw.js".to_owned(), Problem::NoSniffGuard)));
    assert!(!is_broken(&found));
}

#[test]
fn a_policy_that_lets_anybody_frame_the_page() {
    let found = found_with(|_, mut reply| {
        reply.set("content-security-policy", "default-src 'none'");
        reply
    });
    assert_only(&found, "index.html", &Problem::NoPolicyHeader);
}

#[test]
fn a_policy_that_is_not_the_pages() {
    let found = found_with(|_, mut reply| {
        reply.set("content-security-policy", "default-src 'self'; frame-ancestors 'self'");
        reply
    });
    assert_only(&found, "index.html", &Problem::OtherPolicy);
    assert!(is_broken(&found));
}

#[test]
fn an_absence_that_is_kept_or_has_another_status_or_page() {
    let absent = |mistake: fn(&mut Reply)| {
        found_with(move |_, mut reply| {
            if reply.status == 404 {
                mistake(&mut reply);
            }
            reply
        })
    };
    let all = |found: &[(String, Problem)], problem: &Problem| {
        assert!(found.len() == 2 && found.iter().all(|(_, other)| other == problem), "{found:?}");
    };
    let cache = "max-age=31536000, immutable";
    let kept = absent(|reply| reply.set("cache-control", "max-age=31536000, immutable"));
    all(&kept, &Problem::AbsenceKept { cache: cache.to_owned() });
    assert!(is_broken(&kept));
    all(&absent(|reply| reply.status = 403), &Problem::UnknownStatus { status: 403 });
    all(&absent(|reply| *reply = Reply::new(404, b"the host's own page")), &Problem::OtherNotFoundPage);
}

#[test]
fn a_folder_without_its_slash() {
    let slashless = |reply: fn() -> Reply| {
        let files = Files::read(Folder::new().path()).unwrap();
        let answer = move |request: &Request| match request.path.strip_prefix("/a/b/") {
            Some(path) => files.answer(path),
            None => reply(),
        };
        let server = serve("/a/b/", answer).unwrap();
        let found = check(server.address()).findings;
        found.into_iter().find(|finding| finding.at.is_empty()).map(|finding| finding.problem)
    };
    assert_eq!(slashless(|| Reply::redirect(301, "/a/b/")), None);
    assert_eq!(slashless(|| Reply::redirect(308, "http://localhost/a/b/")), None);
    let elsewhere = slashless(|| Reply::redirect(301, "/b/"));
    assert_eq!(elsewhere, Some(Problem::Slashless { status: 301 }));
    assert_eq!(slashless(|| Reply::new(404, b"")), Some(Problem::Slashless { status: 404 }));
    let page = slashless(|| Reply::new(200, b"the page"));
    assert_eq!(page, Some(Problem::Slashless { status: 200 }));
    assert_eq!(page.map(|problem| problem.severity()), Some(Severity::Broken));
}

#[test]
fn a_site_without_tls_is_one_of_this_machine_only() {
    for site in
        ["http://localhost:8080/x/", "http://127.0.0.1/", "http://[::1]:8080/", "https://example.org/"]
    {
        assert_eq!(insecurity(site), None, "{site}");
    }
    for site in ["http://localhost.example.org/", "http://127.0.0.10/", "http://example.org/localhost/"] {
        assert_eq!(insecurity(site), Some(Problem::Insecure), "{site}");
    }
}
