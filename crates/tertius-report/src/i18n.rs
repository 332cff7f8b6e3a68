//! The words of the output in both languages: Fluent messages in `locales/<language>/*.ftl`.
//!
//! Codes of actors, classes and issues are never translated here; texts of a case bring their own Chinese.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use tertius::vocabulary::Lang;
use unic_langid::LanguageIdentifier;

/// The messages of one language.
pub struct Messages {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// A value to put into a message. Numbers that are shown as such come formatted, as text.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Text, put in as it is.
    Text(Cow<'a, str>),
    /// A number of things, which chooses between singular and plural.
    Count(usize),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(count)
    }
}

/// The files of messages, by language; a test holds both to the same keys and variables.
pub const FILES: [(Lang, &[&str]); 2] = [
    (
        Lang::En,
        &[
            include_str!("../locales/en/words.ftl"),
            include_str!("../locales/en/page.ftl"),
            include_str!("../locales/en/figures.ftl"),
            include_str!("../locales/en/diagnostics.ftl"),
            include_str!("../locales/en/cli.ftl"),
            include_str!("../locales/en/data.ftl"),
        ],
    ),
    (
        Lang::Zh,
        &[
            include_str!("../locales/zh/words.ftl"),
            include_str!("../locales/zh/page.ftl"),
            include_str!("../locales/zh/figures.ftl"),
            include_str!("../locales/zh/diagnostics.ftl"),
            include_str!("../locales/zh/cli.ftl"),
            include_str!("../locales/zh/data.ftl"),
        ],
    ),
];

/// The messages of `lang`, parsed once.
///
/// ```
/// use tertius::vocabulary::Lang;
/// use tertius_report::i18n::messages;
/// assert_eq!(messages(Lang::En).get("probability"), "probability");
/// assert_eq!(messages(Lang::Zh).get("probability"), "概率");
/// ```
pub fn messages(lang: Lang) -> &'static Messages {
    static EN: OnceLock<Messages> = OnceLock::new();
    static ZH: OnceLock<Messages> = OnceLock::new();
    match lang {
        Lang::En => EN.get_or_init(|| Messages::load(lang)),
        Lang::Zh => ZH.get_or_init(|| Messages::load(lang)),
    }
}

impl Messages {
    fn load(lang: Lang) -> Messages {
        let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolating marks are invisible signs around each value, in every terminal, table and search.
        bundle.set_use_isolating(false);
        for file in FILES.iter().filter(|(l, _)| *l == lang).flat_map(|f| f.1) {
            // What parses is kept: a test demands that everything does.
            let resource = match FluentResource::try_new((*file).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Messages { lang, bundle }
    }

    /// Which language this is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is such a message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The message of `key`, without values. A key that does not exist comes back as it is.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message of `key` with `values` in it. A value that the message does not name is left out.
    pub fn with(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Count(count) => FluentValue::from(*count),
            };
            args.set(*name, value);
        }
        let mut faults = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&args), &mut faults)
            .into_owned()
    }
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}
