/**
 * The configuration of an application: {@link io.tailrace.runtime.config.StreamsConfig} and the rules by which Kafka
 * Streams' keys are accepted, named as without effect, or refused. A leaf: nothing of the runtime is used here.
 */
@NullMarked
package io.tailrace.runtime.config;

import org.jspecify.annotations.NullMarked;
