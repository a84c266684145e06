/** What all commands share: tables and JSON on stdout, progress on stderr, and what the entry gives to them. */
@NullMarked
package io.tailrace.cli.console;

import org.jspecify.annotations.NullMarked;
