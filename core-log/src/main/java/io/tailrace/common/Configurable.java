package io.tailrace.common;

import java.util.Map;

/** A plug-in that is created by its class name and then given the configuration it was named in. */
public interface Configurable {
    /**
     * Called once, before any other method.
     *
     * @param configs everything that was configured, the plug-in's own keys included
     */
    void configure(Map<String, ?> configs);
}
