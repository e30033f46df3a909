"""The items of a tumour-board form that hang on the organ, as data."""
