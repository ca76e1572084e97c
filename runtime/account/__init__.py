"""What is a citizen's own, in one place: applications, drafts, profile, and a copy to take along."""
