package io.tailrace.samples.flights;

/** What a line turned out to be. */
sealed interface ParsedLine permits Flight, Rejection {}
