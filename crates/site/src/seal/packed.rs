//! Files compressed ahead of time, for hosts that serve the `.br` or `.gz` beside a file.

use std::io::{self, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

use crate::{
    error::{Error, Result},
    folder::Files,
    media::media_type,
};

/// The compressed versions of the files, where they are smaller.
pub(super) fn packed(files: &Files) -> Result<Files> {
    let mut packed = Files::new();
    for (path, bytes) in files {
        if !media_type(path).is_some_and(|media| media.compressible) {
            continue;
        }
        for (extension, pack) in [("br", brotli as fn(&[u8]) -> io::Result<Vec<u8>>), ("gz", gzip)] {
            let name = format!("{path}.{extension}");
            let small = pack(bytes).map_err(|source| Error::Write { path: name.clone().into(), source })?;
            if small.len() < bytes.len() {
                packed.insert(name, small);
            }
        }
    }
    Ok(packed)
}

fn brotli(mut bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &best)?;
    Ok(packed)
}

/// The header has no time and no system, so that the same bytes always give the same file.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}
