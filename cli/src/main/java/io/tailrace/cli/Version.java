package io.tailrace.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "tailrace " + (version == null ? "(not run from its jar)" : version) + " on Java "
                    + Runtime.version().feature()
        };
    }
}
