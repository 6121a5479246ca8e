//! Secrets that a set-up file or a flag points to.

use std::path::PathBuf;

/// Where a secret is.
pub enum Origin {
    /// Given here.
    Here(String),
    /// The only line of a file.
    File(PathBuf),
    /// The value of an environment variable.
    Environment(String),
}

/// Reads a secret, or says what is wrong; never what it is.
pub fn read_secret(origin: Origin) -> Result<String, String> {
    let (text, place) = match origin {
        Origin::Here(text) => (text, "it".to_owned()),
        Origin::File(path) => {
            let place = path.display().to_string();
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{place}: {error}"))?;
            (text, place)
        }
        Origin::Environment(name) => (
            server::config::environment(&name)
                .ok_or_else(|| format!("the environment variable {name} is not set"))?,
            name,
        ),
    };
    let secret = text.trim();
    if secret.is_empty() || secret.contains(char::is_whitespace) {
        return Err(format!(
            "{place} holds no secret: one line without blanks is expected"
        ));
    }
    Ok(secret.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_the_only_line_of_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        std::fs::write(&path, "xoxb-1\n").expect("a file");
        assert_eq!(read_secret(Origin::File(path)), Ok("xoxb-1".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        let error = read_secret(Origin::Here("xoxb 1".to_owned())).expect_err("a blank");
        assert!(!error.contains("xoxb"), "{error}");
        let error = read_secret(Origin::File("/nowhere/token".into())).expect_err("no file");
        assert!(error.starts_with("/nowhere/token: "), "{error}");
    }
}
