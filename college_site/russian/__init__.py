"""Russian morphology, academic years and transliteration."""
