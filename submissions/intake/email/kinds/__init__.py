"""What kind of mail a message is: a machine's or a person's, and which machine's."""
