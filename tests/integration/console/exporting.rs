//! Files that the console writes, in a real terminal and a real folder.
//! Never which keys there are: that is in `screens::exporting`.

use std::fs;

use super::{demo, quit};

#[test]
fn an_answer_is_written_as_received_and_never_over_another_file_without_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.json");
    let typed = path.to_str().unwrap();
    let mut terminal = demo((120, 30));
    terminal.paste("VY80mMXYjmpyLMocAVq5");
    terminal.wait_for("✗ failed");
    for key in ["x", "j", "ctrl-u"] {
        terminal.key(key);
    }
    terminal.paste(typed);
    terminal.key("enter");
    terminal.wait_for("Wrote ");
    let expected = include_bytes!("../../../assets/demo/sms-failed-30007.json");
    assert_eq!(fs::read(&path).unwrap(), expected);
    fs::write(&path, "mine").unwrap();
    for (answer, left) in [("n", &b"mine"[..]), ("y", expected)] {
        for key in ["x", "j", "ctrl-u"] {
            terminal.key(key);
        }
        terminal.paste(typed);
        terminal.key("enter");
        terminal.wait_for("It exists. Overwrite? y/N");
        terminal.key(answer);
        terminal.wait_for(if answer == "y" {
            "Wrote "
        } else {
            "Not written"
        });
        assert_eq!(fs::read(&path).unwrap(), left, "{answer}");
    }
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 1, "nothing is left beside it");
    quit(terminal);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let mut terminal = demo((120, 30));
    terminal.paste("VY80mMXYjmpyLMocAVq5");
    terminal.wait_for("✗ failed");
    for key in ["x", "m", "ctrl-u"] {
        terminal.key(key);
    }
    terminal.paste("/no/such/folder/a.md");
    terminal.key("enter");
    terminal.wait_for("Not written");
    quit(terminal);
}
