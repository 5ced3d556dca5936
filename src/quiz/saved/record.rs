//! The form of stored values: content with the format's version and a checksum.

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};

use crate::quiz::saved::{FORMAT, damage::Damage};

/// CRC-32 as in zip files and Ethernet, with the small table. Larger tables are faster but take 16 KB.
const CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// The checksum of a text.
pub(super) fn checksum(text: &str) -> u32 {
    CHECKSUM.checksum(text.as_bytes())
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    format: u32,
    /// The checksum of the content as written.
    crc: u32,
    content: Box<RawValue>,
}

/// The only field that every format has.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

/// The theme in a stored value: `light`, `dark`, or empty for the system's choice.
///
/// # Errors
/// [`Damage::Shape`]
pub fn theme(text: &str) -> Result<String, Damage> {
    let theme: String = serde_json::from_str(text).map_err(|_| Damage::Shape)?;
    if matches!(theme.as_str(), "" | "light" | "dark") { Ok(theme) } else { Err(Damage::Shape) }
}

/// The stored form of some content. `None` only if memory runs out, because all our content is valid JSON.
pub(super) fn seal(content: &impl Serialize) -> Option<Box<RawValue>> {
    let content = to_raw_value(content).ok()?;
    let record = Record { format: FORMAT, crc: checksum(content.get()), content };
    to_raw_value(&record).ok()
}

pub(super) fn open<T: DeserializeOwned>(text: &str) -> Result<T, Damage> {
    let format = format_of(text)?;
    if format != FORMAT {
        return Err(Damage::Format(format));
    }
    let record: Record = serde_json::from_str(text).map_err(|_| Damage::Shape)?;
    if record.crc != checksum(record.content.get()) {
        return Err(Damage::Checksum);
    }
    serde_json::from_str(record.content.get()).map_err(|_| Damage::Shape)
}

fn format_of(text: &str) -> Result<u32, Damage> {
    let versioned: Versioned = serde_json::from_str(text).map_err(|_| Damage::Shape)?;
    Ok(versioned.format)
}
