"""How every page looks: frame, style sheet, icons, the region's colours, words for dates. Knows no cases."""
