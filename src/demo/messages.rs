//! The demo's messages and email records: embedded files, one that moves while it is watched, large ones.
//! Never here: a real person, number or address, nor an answer that is broken on purpose.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::answer::Visit;
use super::linked;

struct Example {
    id: &'static str,
    shows: &'static str,
    body: &'static str,
}

macro_rules! embedded {
    ($($id:literal $file:literal $shows:literal)*) => {
        &[$(Example {
            id: $id,
            shows: $shows,
            body: include_str!(concat!("../../assets/demo/", $file, ".json")),
        }),*]
    };
}

const MESSAGES: &[Example] = embedded! {
    "VY80mMXYjmpyLMocAVq5" "sms-failed-30007" "SMS failed with 30007, filtered"
    "ve9EPM428h8vShlRW1KT" "sms-delivered" "SMS delivered"
    "aT7cHm3NtFi1eSx9KwPq" "mms-attachments" "MMS with a picture, a PDF and a video"
    "idnmc3DlXvdXQO4pxHLy" "call-voicemail" "call that reached voicemail, 31 s"
    "Px8me2K3yYDve2Y2enXh" "email-bounced" "email whose record says mailbox not found"
    "h8TC9QDvm6i0bnGVjVV0" "call-completed" "call completed, 4 min 12 s"
    "Yb3GfXw7Kd9RvTs5PmLq" "call-answered-inbound" "inbound call answered, 4 min 11 s"
    "Mx2Wd8ZqHt6VkCy4NsRb" "call-missed-inbound" "inbound call nobody answered"
    "fHxhyHROSjCvHcOxctEJ" "call-voicemail-inbound" "inbound call that left a voicemail"
    "Rn9Kq5TzBw3XvLd7YhPc" "call-unknown-length" "call whose length was not recorded"
    "pY94khRFjUbSVJaPwgvW" "voicemail-drop" "voicemail drop of a workflow"
    "fGDf5DmxeWpJTGPun6xH" "sms-inbound" "SMS received"
    "STAjKD1GNDCJfbNOjHzr" "sms-sent" "SMS sent, no receipt so far"
    "02efadjdxN37640pbo1g" "sms-pending" "SMS pending"
    "Fx1xgQIv3FZT8azNArs8" "sms-queued" "SMS queued"
    "O9DGeBiYJVBL5tXFUNru" "sms-scheduled" "SMS scheduled"
    "Lw6Np3XvTq9HsBk2YdRz" "sms-opt-out" "SMS to a contact who opted out"
    "Tz5Rk2WqYb8NdLm4XsVc" "sms-failed-30005" "SMS failed with 30005, unknown number"
    "uGCOFpwK1k89WROTsqYk" "sms-failed-30034" "SMS failed with 30034, not A2P-registered"
    "8mQ2xLr0TtVb5NcYw1Zp" "sms-failed-without-reason" "SMS failed, no reason carried"
    "Jd7RkPq39sWmXe2LfT0u" "sms-undelivered-30003" "SMS undelivered with 30003"
    "p3XbN2mYtQ7sRwZHn4fK" "sms-custom-provider" "SMS of a custom provider, pending for hours"
    "Qv4Zs8LkTn2XcWy6MbRp" "sms-many-scripts" "SMS in many scripts, with emoji"
    "Ce6Wp2YvLx9TkQd4HzRm" "email-mailbox-full" "email whose record says mailbox full"
    "Zk5Hq9TwXm3RvYb7LsDn" "email-opened" "email in HTML, opened, with two records"
    "Nd8Xs4KtVq6ZyRw2PbHc" "email-inbound" "email received: no body of its own"
    "Dq7Yt2NvKx5WcZs9HbLp" "whatsapp-inbound" "WhatsApp received"
    "6DWmnGQRJoCfAPKeslQu" "whatsapp-voice-note" "WhatsApp voice note without its file"
    "Ht9Wk3XzPq7LvNd5RcYs" "whatsapp-read" "WhatsApp read"
    "KFqFQ7UkeD3f04CAvsJL" "whatsapp-failed" "WhatsApp failed"
    "voAMUvqsbhRBCeUpOmrG" "instagram-inbound" "Instagram message received"
    "Wp76c2n9MA1DpL3tcB2x" "live-chat" "live chat"
    "yJOqWlAYshesLIbMMFok" "review" "review"
    "Sx4Vn8KqTd2YwZh6LmRc" "activity-appointment" "appointment activity"
    "63idvZcfmp2O8AErez1R" "internal-comment" "internal comment"
    "tddflYXeP1c0j1eG3aGq" "documented-flat" "call as documented: flat, not wrapped"
    "Bv6Zq2XnHy8KtRw4LsDm" "unknown-type" "type, status and fields nobody knows yet"
    "Fg3Hx7YkQz5WvNt9LcRd" "hostile" "text that tries to take over the terminal"
};

const RECORDS: &[Example] = embedded! {
    "67hcb8VbBPMyB1YsFJ1M" "email-record-bounced" "bounced"
    "Bs8Fj3VtKw5XpNy7LcGq" "email-record-mailbox-full" "mailbox full"
    "Vw4Tn8PcYd6KxZs2RhLm" "email-record-opened" "opened"
    "Gx7Lb3QyNk9WtVf5McHz" "email-record-delivered" "delivered"
    "Kf5Rm9WxLt3YqTz7VnBd" "email-record-inbound" "received"
};

const MOVING: &[Example] = embedded! {
    "Hn4fKp0XbN2mYtQ7sRwZ" "sms-moving" "SMS that goes pending, sent, delivered in 16 s"
};
/// How long after it was first asked for the moving message is sent, and delivered.
const SENT: SignedDuration = SignedDuration::from_secs(6);
const DELIVERED: SignedDuration = SignedDuration::from_secs(16);

const LARGE: &str = "large5Megabytes8Vn3J";

pub(super) fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    let embedded = MOVING.iter().chain(MESSAGES);
    embedded
        .map(|example| (example.id, example.shows))
        .chain([(LARGE, "message of 5 MB")])
}

/// The answer's body for the message of that id.
pub(super) fn message(id: &str, visit: &Visit) -> Option<Bytes> {
    if id == LARGE {
        return Some(large(LARGE, 5_000_000));
    }
    let other = || linked::older(id).map(Bytes::from);
    embedded(MESSAGES, id)
        .or_else(|| moving(id, visit))
        .or_else(other)
}

/// The bodies of all that are embedded and stay as they are.
pub(super) fn bodies() -> impl Iterator<Item = &'static str> {
    MESSAGES.iter().map(|example| example.body)
}

/// The answer's body for the email record of that id.
pub(super) fn record(id: &str) -> Option<Bytes> {
    embedded(RECORDS, id)
}

fn embedded(examples: &'static [Example], id: &str) -> Option<Bytes> {
    let example = examples.iter().find(|example| example.id == id)?;
    Some(Bytes::from_static(example.body.as_bytes()))
}

fn moving(id: &str, visit: &Visit) -> Option<Bytes> {
    let example = MOVING.iter().find(|example| example.id == id)?;
    let added = visit.first - SignedDuration::from_secs(2);
    let (status, updated) = match visit.elapsed {
        elapsed if elapsed < SENT.unsigned_abs() => ("pending", added),
        elapsed if elapsed < DELIVERED.unsigned_abs() => ("sent", visit.first + SENT),
        _ => ("delivered", visit.first + DELIVERED),
    };
    let body = example
        .body
        .replace("{status}", status)
        .replace("{dateAdded}", &in_milliseconds(added))
        .replace("{dateUpdated}", &in_milliseconds(updated));
    Some(Bytes::from(body))
}

/// A time as the API writes it: `2026-03-04T17:44:08.412Z`.
fn in_milliseconds(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// A delivered text message with that id and text, which is put between quotes as it is.
pub(super) fn composed(id: &str, text: &str) -> String {
    format!(
        r#"{{"message":{{"id":"{id}","direction":"outbound","status":"delivered","type":2,"locationId":"7ysh0vjy4EDQXyzqTu7v","body":"{text}","contactId":"PvqI5W9TlT58kcNluuZ6","contentType":"text/plain","conversationId":"lmjOL3agcrEBw7TSTb7z","dateAdded":"2026-03-04T16:30:08.412Z","dateUpdated":"2026-03-04T16:30:11.020Z","source":"api","messageType":"TYPE_SMS"}},"traceId":"5f0d8c52-3a7e-4b19-9c46-d2e1f7a3b864"}}"#
    )
}

/// A message of at least that many bytes, a numbered line after the other.
pub(super) fn large(id: &str, bytes: usize) -> Bytes {
    let mut text = String::with_capacity(bytes + 64);
    for line in 1_u32.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str("line ");
        text.push_str(&line.to_string());
        text.push_str(" of a very long report, pasted whole into one message\\n");
    }
    Bytes::from(composed(id, &text))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::{Example, MESSAGES, MOVING, RECORDS, Timestamp, Visit, message};
    use serde_json::Value;
    use std::time::Duration;

    fn field(body: &[u8], name: &str) -> String {
        let answer: Value = serde_json::from_slice(body).unwrap();
        answer["message"][name].as_str().unwrap().to_owned()
    }

    fn visit_after(seconds: u64) -> Visit {
        Visit {
            earlier: 0,
            first: "2026-03-04T17:44:10.412Z".parse().unwrap(),
            elapsed: Duration::from_secs(seconds),
        }
    }

    #[test]
    fn every_embedded_body_is_json_that_carries_its_own_id() {
        let all = MESSAGES.iter().chain(RECORDS).chain(MOVING);
        for Example { id, body, .. } in all {
            let answer: Value = serde_json::from_str(body).unwrap();
            let inner = ["message", "emailMessage"];
            let object = inner.iter().find_map(|name| answer.get(name));
            assert_eq!(object.unwrap_or(&answer)["id"], **id);
        }
    }

    #[test]
    fn every_record_named_by_an_email_is_there() {
        for Example { id, body, .. } in MESSAGES {
            let answer: Value = serde_json::from_str(body).unwrap();
            let named = answer["message"]["meta"]["email"]["messageIds"].as_array();
            for record in named.into_iter().flatten() {
                let record = record.as_str().unwrap();
                assert!(super::record(record).is_some(), "{record} of {id}");
            }
        }
    }

    #[test]
    fn the_moving_message_goes_from_pending_to_sent_to_delivered() {
        let seen = [0, 5, 6, 15, 16, 3600].map(|seconds| {
            let body = message(MOVING[0].id, &visit_after(seconds)).unwrap();
            assert_eq!(field(&body, "dateAdded"), "2026-03-04T17:44:08.412Z");
            (field(&body, "status"), field(&body, "dateUpdated"))
        });
        let pending = ("pending".to_owned(), "2026-03-04T17:44:08.412Z".to_owned());
        let sent = ("sent".to_owned(), "2026-03-04T17:44:16.412Z".to_owned());
        let delivered = (
            "delivered".to_owned(),
            "2026-03-04T17:44:26.412Z".to_owned(),
        );
        assert_eq!(seen[..2], [pending.clone(), pending]);
        assert_eq!(seen[2..4], [sent.clone(), sent]);
        assert_eq!(seen[4..], [delivered.clone(), delivered]);
    }

    #[test]
    fn the_large_message_is_one_json_object_of_five_megabytes() {
        let visit = Visit {
            first: Timestamp::UNIX_EPOCH,
            ..visit_after(0)
        };
        let body = message(super::LARGE, &visit).unwrap();
        assert!((5_000_000..5_100_000).contains(&body.len()));
        assert_eq!(field(&body, "id"), super::LARGE);
    }
}
