//! What an answer says of a call, wherever it says so.
//! Never zero seconds for a length that was not recorded.

use std::time::Duration;

use super::Message;
use crate::model::kind::Family;
use crate::model::status::Status;

/// What is known of a call. Fields differ between documentation and real answers; both are read.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    pub status: Option<CallStatus>,
    /// `None`: not recorded (`null` on long or transferred calls), which is not zero.
    pub duration: Option<Duration>,
}

/// A call's own status and the field it was read from.
#[derive(Clone, PartialEq, Debug)]
pub struct CallStatus {
    pub status: Status,
    pub field: &'static str,
}

impl Message {
    pub(super) fn told_call(&self) -> Option<Call> {
        let meta = self.field("meta");
        let call = meta.and_then(|meta| meta.member("call"));
        let places = [
            (
                "meta.call.status",
                call.as_ref().and_then(|call| call.member("status")),
            ),
            (
                "meta.callStatus",
                meta.and_then(|meta| meta.member("callStatus")),
            ),
            ("callStatus", self.field("callStatus").cloned()),
        ];
        let status = places.into_iter().find_map(|(field, value)| {
            let word = value?.string()?.into_owned();
            Some(CallStatus {
                status: Status::new(word),
                field,
            })
        });
        let places = [
            call.as_ref().and_then(|call| call.member("duration")),
            meta.and_then(|meta| meta.member("callDuration")),
            self.field("callDuration").cloned(),
        ];
        let duration = places
            .into_iter()
            .flatten()
            .find_map(|value| value.whole())
            .map(Duration::from_secs);
        let is_call = self.family() == Family::Call || call.is_some();
        (is_call || status.is_some() || duration.is_some()).then_some(Call { status, duration })
    }
}
