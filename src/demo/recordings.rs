//! The recordings of the demo's calls: a tone, made when it is asked for.
//! Never here: a voice, nor a file called what it is; the real API calls everything WAV and names it MP3.

use std::f64::consts::TAU;
use std::time::Duration;

use bytes::Bytes;

use super::answer::{Answer, Sending};

/// Samples a second, of one byte each.
const RATE: u32 = 8_000;
/// Of the tone, in hertz: it divides the rate, so that one wave after the other makes it.
const PITCH: u32 = 400;

struct Recording {
    id: &'static str,
    samples: u32,
    /// How long it takes to arrive.
    takes: Duration,
}

const RECORDINGS: &[Recording] = &[
    short("h8TC9QDvm6i0bnGVjVV0"),
    short("idnmc3DlXvdXQO4pxHLy"),
    short("fHxhyHROSjCvHcOxctEJ"),
    short("Rn9Kq5TzBw3XvLd7YhPc"),
    // 4 min 11 s, which is long enough to be seen coming.
    Recording {
        id: "Yb3GfXw7Kd9RvTs5PmLq",
        samples: RATE * 251,
        takes: Duration::from_secs(4),
    },
];

const fn short(id: &'static str) -> Recording {
    Recording {
        id,
        samples: RATE,
        takes: Duration::ZERO,
    }
}

/// The answer for the recording of that message; missed calls have none.
pub(super) fn recording(id: &str) -> Answer {
    let Some(recording) = RECORDINGS.iter().find(|recording| recording.id == id) else {
        return Answer::refusal(422, "Message does not have recording");
    };
    let sending = if recording.takes.is_zero() {
        Sending::Whole
    } else {
        Sending::Over(recording.takes)
    };
    let name = format!("Attachment; filename={id}.mp3");
    Answer::json(200, wave(recording.samples))
        .typed("audio/x-wav")
        .with("Content-Disposition", name)
        .sent(sending)
}

/// A WAV file of so many samples, 8 bits each, one channel.
fn wave(samples: u32) -> Bytes {
    let mut file = Vec::with_capacity(44 + samples as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + samples).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    // PCM, one channel.
    file.extend_from_slice(&[1, 0, 1, 0]);
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&RATE.to_le_bytes());
    // A byte a sample, of 8 bits.
    file.extend_from_slice(&[1, 0, 8, 0]);
    file.extend_from_slice(b"data");
    file.extend_from_slice(&samples.to_le_bytes());
    let one: Vec<u8> = (0..RATE / PITCH).map(level).collect();
    file.extend(one.iter().cycle().take(samples as usize));
    Bytes::from(file)
}

/// The level of a sample of the tone, from 0 to 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "128 ± 50 fits into a byte"
)]
fn level(sample: u32) -> u8 {
    let turn = f64::from(sample * PITCH) / f64::from(RATE);
    (128.0 + 50.0 * (turn * TAU).sin()).round() as u8
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use crate::demo::examples;

    #[test]
    fn every_recording_is_of_a_message_of_the_demo() {
        for recording in RECORDINGS {
            assert!(examples().any(|(id, _)| id == recording.id));
        }
    }

    #[test]
    fn a_recording_is_a_wav_file_called_mp3_and_a_missed_call_has_none() {
        let answer = recording("h8TC9QDvm6i0bnGVjVV0");
        assert!(answer.body.starts_with(b"RIFF") && answer.body[8..].starts_with(b"WAVE"));
        assert_eq!(answer.body.len(), 8_044);
        let told = u32::from_le_bytes(answer.body[4..8].try_into().unwrap());
        assert_eq!(told, 8_036);
        let sample = [answer.body[44], answer.body[49], answer.body[59]];
        assert_eq!(sample, [128, 178, 78]);
        let named = answer
            .headers
            .iter()
            .any(|(_, value)| value.ends_with("h8TC9QDvm6i0bnGVjVV0.mp3"));
        assert!(named, "{:?}", answer.headers);
        let missed = recording("Mx2Wd8ZqHt6VkCy4NsRb");
        assert_eq!(missed.status, 422);
    }

    #[test]
    fn the_long_one_comes_slowly() {
        let answer = recording("Yb3GfXw7Kd9RvTs5PmLq");
        assert_eq!(answer.body.len(), 2_008_044);
        assert_eq!(answer.sending, Sending::Over(Duration::from_secs(4)));
    }
}
