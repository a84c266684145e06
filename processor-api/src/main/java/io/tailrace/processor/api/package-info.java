/**
 * The Processor API (KIP-478, KIP-820): what a user writes to process records one by one, and what the task offers to
 * that code.
 */
@NullMarked
package io.tailrace.processor.api;

import org.jspecify.annotations.NullMarked;
