"""The loopback GitHub: a stateful server on 127.0.0.1 that answers REST and GraphQL like the real one."""
