//! What of the API is asked for an id.
//! Never a base URL or a host: those are a profile's.

/// One of the API's resources that a message id may name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Endpoint {
    /// "Get message by message id".
    #[default]
    Message,
    /// "Get email by id": where an email's status and body are. Its ids look like those of messages.
    EmailRecord,
}

impl Endpoint {
    /// What stands before the id in its path.
    pub fn segments(self) -> &'static [&'static str] {
        match self {
            Self::Message => &["conversations", "messages"],
            Self::EmailRecord => &["conversations", "messages", "email"],
        }
    }

    /// `/conversations/messages/{id}`, with `id` in its place.
    pub fn path(self, id: &str) -> String {
        format!("/{}/{id}", self.segments().join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_documentation() {
        assert_eq!(
            Endpoint::Message.path("{id}"),
            "/conversations/messages/{id}"
        );
        assert_eq!(
            Endpoint::EmailRecord.path("{id}"),
            "/conversations/messages/email/{id}"
        );
    }
}
