"""Mail that is fetched from a hosted mailbox over IMAP."""
