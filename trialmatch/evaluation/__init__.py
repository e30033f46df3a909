"""How right the program is: verdicts, reasons, questions and order against a set judged by readers."""
