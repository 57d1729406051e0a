//! What each message of the demo is told as: why, and that there is something to do next.
//! Never here: how it looks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use msgscope::model::endpoint::Endpoint;
use msgscope::model::explain::Explanations;
use msgscope::model::json::Json;
use msgscope::model::message::Message;
use msgscope::model::verdict::verdict;

const WHY: &str = "\
activity-appointment: Kept inside HighLevel; nothing was sent to the contact.
call-answered-inbound: Someone, or a machine, picked up.
call-completed: The call connected and ended. Who or what answered is not recorded.
call-missed-inbound: It rang until the time-out; nobody picked up. Final.
call-unknown-length: The call connected and ended. Who or what answered is not recorded.
call-voicemail: The call reached voicemail; it lasted 31 s. Final.
call-voicemail-inbound: The caller was sent to voicemail. Final.
documented-flat: The call connected and ended. Who or what answered is not recorded.
email-bounced: An email has no status of its own: it is in its record.
email-inbound: It came from the contact. Incoming messages carry no delivery status.
email-mailbox-full: An email has no status of its own: it is in its record.
email-opened: An email has no status of its own: it is in its record.
email-record-bounced: The receiving server knows no such mailbox. Final.
email-record-delivered: The receiving server took it. That is not proof of the inbox.
email-record-inbound: It came from the contact.
email-record-mailbox-full: The mailbox is full. Final.
email-record-opened: The tracking picture was loaded; mail scanners do that too.
hostile: It came from the contact.
instagram-inbound: It came from the contact.
internal-comment: Kept inside HighLevel; nothing was sent to the contact.
live-chat: It came from the contact.
mms-attachments: The carrier confirms that phone or network took it. Final.
review: It came from the contact.
sms-custom-provider: Handed to the provider's app, which has not reported back.
sms-delivered: The carrier confirms that phone or network took it. Final.
sms-failed-30005: The number is unknown or no longer in use. Final.
sms-failed-30007: Filtered as spam or against policy, by the carrier or the provider. Final.
sms-failed-30034: The US number belongs to no approved A2P campaign. Final.
sms-failed-without-reason: Stopped before a carrier took it. The API carries no reason.
sms-inbound: It came from the contact.
sms-many-scripts: The carrier confirms that phone or network took it. Final.
sms-moving: This version does not know the status \"{status}\"; shown as sent, not taken as final.
sms-opt-out: The contact asked to stop; further texts are blocked. Final.
sms-pending: HighLevel has it; the provider has not answered yet.
sms-queued: Accepted, and waiting for its turn to be sent.
sms-scheduled: Planned for later. Nothing has been sent.
sms-sent: Passed to the carrier; no receipt so far. Some carriers never send one.
sms-undelivered-30003: The phone was off or out of reach, or the carrier refused. Final.
unknown-type: This version does not know the status \"snoozed\"; shown as sent, not taken as final.
voicemail-drop: The recorded message was played out.
whatsapp-failed: The message was empty: Meta wants a text. Final.
whatsapp-inbound: It came from the contact.
whatsapp-read: The contact opened it. Final.
whatsapp-voice-note: It came from the contact.
";

#[test]
fn every_message_of_the_demo_has_a_verdict_that_fits() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut told = BTreeMap::new();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let root = Json::parse(fs::read_to_string(&path).unwrap().into()).unwrap();
        let endpoint = if name.starts_with("email-record") {
            Endpoint::EmailRecord
        } else {
            Endpoint::Message
        };
        let message = Message::read(&root, &endpoint).unwrap();
        // Ten minutes on.
        let seen = message
            .added()
            .map(|at| at + std::time::Duration::from_mins(10));
        let verdict = verdict(&message, seen.unwrap_or_default(), &Explanations::default());
        assert!(!verdict.next.is_empty(), "{name}");
        told.insert(name, verdict.why);
    }
    let told = told.iter().map(|(name, why)| format!("{name}: {why}\n"));
    assert_eq!(told.collect::<String>(), WHY);
}
