"""Letters and opinion pieces by web form, and the pages by which a writer follows them."""
