package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.TransactionDescription;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that workers have left open, also workers that an application with fewer threads does not have any
 * more. To be called before offsets and changelogs are looked at: a transaction that is open hides what comes behind it, and
 * nobody would end it.
 *
 * <p>A worker's transactional id is {@code <application.id>-<index>}.
 */
public final class OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    private OpenTransactions() {}

    static String transactionalId(String applicationId, int worker) {
        return applicationId + "-" + worker;
    }

    /** Those of all workers of an application, none of which runs. */
    public static void abortAll(Admin admin, String applicationId) {
        Pattern ids = Pattern.compile(Pattern.quote(applicationId) + "-\\d+");
        abort(admin, open -> ids.matcher(open.transactionalId()).matches());
    }

    /** Those that write to partitions which nobody but the caller may write to. */
    static void abortIn(Admin admin, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            abort(admin, open -> !Collections.disjoint(open.topicPartitions(), partitions));
        }
    }

    private static void abort(Admin admin, Predicate<TransactionDescription> chosen) {
        for (TransactionDescription transaction : admin.listTransactions()) {
            if (!transaction.topicPartitions().isEmpty() && chosen.test(transaction)) {
                LOG.warn(
                        "Aborting the transaction that '{}' has left open over {}",
                        transaction.transactionalId(),
                        transaction.topicPartitions());
                admin.abortTransaction(transaction.transactionalId());
            }
        }
    }
}
