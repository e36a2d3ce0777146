"""What people and scripts are shown: tables, plain lines, JSON, CSV. No figure is reckoned here."""
