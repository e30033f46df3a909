"""A reference server of the ARCHIMAID listing: a feed file over HTTP, exactly as the contract says."""

from connectors.archimaid_server.app import create_reference_app
from connectors.archimaid_server.faults import Fault, Faults

__all__ = ["Fault", "Faults", "create_reference_app"]
