"""The cases of a running board session: kept encrypted until it ends, judged beforehand, then deleted."""
