//! What several profiles answered: where a message was found, or what each said.
//! Never here: asking them; the answers are made up as `api::clients` makes them.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use msgscope::api::decode::{Facts, decode};
use msgscope::app::Event;
use msgscope::app::state::Detail;
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::failure::{Asked, Cause, Failure, FailureKind, TokenForm};
use msgscope::model::outline::outline;
use msgscope::model::snapshot::{Answer, Reply, Snapshot, Whose};
use msgscope::model::whom::Whom;

use super::pictures::pictures;
use super::profiles::{FAILED, UNKNOWN, newest, offered, play, three};
use crate::support::fixtures::fixture;
use crate::support::play::{Play, answer};

/// Of an email record, as its fixture has it; there is no message of that id.
const RECORD: &str = "bEYPIYf1VcNGNOSNAp95";

/// Answers the oldest lookup under way with what is made of the table's answer.
fn answer_changed(play: &mut Play, change: impl FnOnce(Snapshot) -> Snapshot) {
    let (ticket, id) = play.asked.remove(0);
    let (http, body) = answer(id.as_str());
    let Event::Answered(ticket, snapshot, _) = play.answered(ticket, &id, http, body) else {
        panic!("an answer");
    };
    let snapshot = change(Arc::unwrap_or_clone(snapshot));
    let hints = play.state.setting.keys.hints();
    let rows = outline(
        Face::Console(&hints),
        &Explanations::default(),
        &snapshot,
        &TimeZone::UTC,
    );
    play.happen(Event::Answered(ticket, Arc::new(snapshot), Arc::new(rows)));
}

/// What another profile answered.
fn reply(name: &str, failed: FailureKind, title: &str, http: Option<u16>, ms: u64) -> Reply {
    Reply {
        whose: Whose::Profile(name.to_owned()),
        failed: Some(failed),
        title: title.to_owned(),
        http,
        took: Duration::from_millis(ms),
    }
}

/// Found in `beta-clinic`, after `acme-support` said that it does not have it.
fn found_in_beta(snapshot: Snapshot) -> Snapshot {
    let also = reply(
        "acme-support",
        FailureKind::NotFound,
        "not found",
        Some(404),
        95,
    );
    Snapshot {
        asked: Asked {
            profile: "beta-clinic".to_owned(),
            token: "private integration, from token_file".to_owned(),
            host: "api.beta.example".to_owned(),
            ..snapshot.asked
        },
        also: vec![also],
        surveyed: true,
        ..snapshot
    }
}

/// None of the three has it; one could not tell.
fn nowhere(snapshot: Snapshot) -> Snapshot {
    let cause = Cause::Nowhere {
        asked: 3,
        unsure: 1,
        worst: FailureKind::Unauthorised,
    };
    Snapshot {
        asked: Asked {
            profile: "3 profiles".to_owned(),
            token: "each profile's own".to_owned(),
            others: 0,
            ..snapshot.asked
        },
        outcome: Err(Failure::new(cause)),
        also: vec![
            reply(
                "acme-support",
                FailureKind::NotFound,
                "not found",
                Some(404),
                95,
            ),
            reply(
                "beta-clinic",
                FailureKind::OtherLocation,
                "other sub-account",
                Some(403),
                120,
            ),
            reply("gamma-lab", FailureKind::Unauthorised, "no token", None, 0),
        ],
        answer: None,
        ..snapshot
    }
}

/// No message, but an email record of that id.
fn email_record(snapshot: Snapshot) -> Snapshot {
    let body = Body::new(fixture("email-record-failed-error.json"));
    let (facts, form) = (Facts::default(), TokenForm::PrivateIntegration);
    let outcome = decode(&Endpoint::EmailRecord, 200, &facts, &body, form);
    let limits = snapshot.answer.unwrap().limits;
    Snapshot {
        asked: Asked {
            endpoint: Endpoint::EmailRecord,
            ..snapshot.asked
        },
        answer: Some(Answer {
            http: 200,
            body,
            limits,
        }),
        outcome,
        ..snapshot
    }
}

#[test]
fn r_asks_the_profile_again_that_has_the_message() {
    let mut play = play();
    play.play("<paste VY80mMXYjmpyLMocAVq5>");
    answer_changed(&mut play, found_in_beta);
    play.play("r");
    assert_eq!(newest(&play), (Whom::One(1), FAILED));
    assert_eq!(play.state.whom, Whom::One(0));
    assert!(
        play.screen().contains("asking beta-clinic"),
        "{}",
        play.screen()
    );
    play.play("<answer><tab><tab>r");
    assert_eq!(newest(&play).0, Whom::One(1), "from the history too");
}

#[test]
fn r_asks_it_again_whoever_is_asked_now_and_whether_that_one_has_a_token() {
    let mut play = play();
    play.play("<paste VY80mMXYjmpyLMocAVq5>");
    answer_changed(&mut play, found_in_beta);
    play.play("Pgamma<enter><esc>");
    assert_eq!((play.state.whom, play.asked.len()), (Whom::One(2), 0));
    play.play("r");
    assert_eq!(newest(&play), (Whom::One(1), FAILED));
    assert!(!play.screen().contains("Token ›"), "{}", play.screen());
}

#[test]
fn r_asks_all_again_where_none_has_it() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>P<enter>");
    answer_changed(&mut play, nowhere);
    play.play("r");
    assert_eq!(newest(&play), (Whom::All, UNKNOWN));
    answer_changed(&mut play, nowhere);
    play.play("P");
    assert_eq!(
        offered(&play).len(),
        3,
        "all were asked: {:?}",
        offered(&play)
    );
}

#[test]
fn a_message_of_another_profile_links_to_where_it_is() {
    let mut play = play();
    play.state.setting.profiles[1].app_url = "https://app.beta.example".to_owned();
    play.play("<paste VY80mMXYjmpyLMocAVq5>");
    answer_changed(&mut play, found_in_beta);
    play.play("cl");
    let (what, link) = play.copied().expect("a link");
    assert!(
        link.starts_with("https://app.beta.example/"),
        "{what}: {link}"
    );
}

#[test]
fn what_a_survey_found_says_where_and_what_each_answered() {
    for (name, change, id) in [
        (
            "survey-found",
            found_in_beta as fn(Snapshot) -> Snapshot,
            FAILED,
        ),
        ("survey-nowhere", nowhere, UNKNOWN),
        ("email-record", email_record, RECORD),
    ] {
        let begin = |width, height| {
            let mut play = three(width, height);
            play.paste(id);
            answer_changed(&mut play, change);
            assert!(matches!(play.state.detail, Detail::Answer(_)));
            play
        };
        pictures(name, &[(120, 30), (80, 24)], begin, "");
        if name != "survey-nowhere" {
            // The table of what each answered, and what was asked: it does not fit below the verdict.
            pictures(&format!("{name}-end"), &[(80, 24)], begin, "EG");
        }
    }
}
