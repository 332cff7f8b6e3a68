//! Findings shown: text, HTML, figures and tables, in English and Chinese. Computes no number.
