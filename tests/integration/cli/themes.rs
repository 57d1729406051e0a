//! `themes` and `--theme`: what there is to choose, and what is refused.

use std::fs;

use crate::support::program::Program;

#[test]
fn every_built_in_theme_is_listed_with_a_sample_and_the_one_in_force_is_marked() {
    let ended = Program::new(&["themes"])
        .variable("LANG", "C.UTF-8")
        .variable("MSGSCOPE_THEME", "high-contrast")
        .run();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let names: Vec<&str> = ended
        .out
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(' '))
        .collect();
    assert_eq!(names, ["terminal", "mono", "high-contrast  (in force)"]);
    assert!(ended.out.contains("✗ failed  ✓ delivered  … pending"));
    assert!(!ended.out.contains('\x1b'), "no escapes into a pipe");
}

#[test]
fn a_theme_of_ones_own_is_read_from_beside_the_config_file_and_its_mistakes_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let themes = folder.path().join("themes");
    fs::create_dir(&themes).unwrap();
    fs::write(&config, "[ui]\ntheme = \"mine\"\n").unwrap();
    fs::write(themes.join("mine.toml"), "failure = \"magenta bold\"\n").unwrap();
    fs::write(
        themes.join("odd.toml"),
        "failre = \"red\"\nlabel = \"pink\"\n",
    )
    .unwrap();
    let config = config.to_str().unwrap();
    let ended = Program::new(&["themes", "--config", config]).run();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert!(ended.out.contains("\nmine  (in force)\n"), "{}", ended.out);
    assert!(
        ended.out.contains("odd.toml:1: unknown key"),
        "{}",
        ended.out
    );
    let refused = Program::new(&["get", "x", "--config", config, "--theme", "odd"]).run();
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert!(
        refused.errors.contains("odd.toml:2: label has \"pink\""),
        "{refused:?}"
    );
    let unknown = Program::new(&["get", "x", "--config", config, "--theme", "nosuch"]).run();
    assert_eq!(
        (unknown.code, unknown.errors.as_str()),
        (
            Some(2),
            "msgscope: there is no theme nosuch; there are terminal, mono, high-contrast, mine, odd\n"
        )
    );
}
