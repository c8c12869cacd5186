"""The registry of a municipality's international contacts: records, history and policy, without any screen."""
