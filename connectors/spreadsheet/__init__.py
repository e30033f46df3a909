"""The spreadsheet of a StARCC officer, xlsx or csv: trials and sites as they are typed, and a template for it."""
