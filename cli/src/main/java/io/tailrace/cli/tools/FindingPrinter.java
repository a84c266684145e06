package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.log.inspect.Finding;
import java.util.Locale;

/** How findings and other things about files look. */
final class FindingPrinter {
    private FindingPrinter() {}

    static String text(Finding finding) {
        return name(finding.severity()) + ": " + finding;
    }

    static JsonLine json(String type, Finding finding) {
        return new JsonLine()
                .put("type", type)
                .put("severity", name(finding.severity()))
                .put("file", finding.file())
                .put("position", finding.position() == Finding.WHOLE_FILE ? null : finding.position())
                .put("found", finding.found())
                .put("expected", finding.expected());
    }

    private static String name(Enum<?> severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
