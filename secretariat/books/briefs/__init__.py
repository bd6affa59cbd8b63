"""Work by proposal: a brief, proposals for it, its milestones, and what each of them comes to."""
