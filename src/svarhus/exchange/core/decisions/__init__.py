"""The decisions of a running organisation, one file for each part of the business. All pure."""
