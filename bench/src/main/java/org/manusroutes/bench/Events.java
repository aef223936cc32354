package org.manusroutes.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The events of the benchmark: tasks that finished, told in about 900 bytes, each of a task of its own. All have the
 * same length, and each is found again by its number wherever it turns up.
 */
final class Events {
    /** Stands for the number, in JSON and in what becomes of it. */
    private static final String MARK = "bench";

    private static final int DIGITS = 8;

    private static final String TEMPLATE = """
            {"event_id":"task_stopped_@_1763506696","event_type":"task_stopped","task_detail":{"task_id":"@",\
            "task_title":"@ Quarterly revenue by region","task_url":"https://manus.im/app/@",\
            "message":"I have finished the report. **Revenue grew by 12.4 % against the same quarter of last year**, \
            driven by the north and by services; hardware fell slightly.\\n\\n- North: 4.1 million, up 18 %\\n\
            - South: 2.7 million, up 9 %\\n- West: 3.3 million, up 11 %\\n- East: 1.9 million, down 2 %\\n\\n\
            The figures come from the ledger export of the last working day and have been checked against the bank \
            statements. Two invoices could not be matched; they are listed at the end of the report with the amounts \
            in question and the customers' names.\\n\\nTell me if you want the same by product line.",\
            "stop_reason":"finish","attachments":[],"structured_output":{"success":true,"value":{"total":12.0,\
            "currency":"EUR"},"error":null}}}""";

    private Events() {}

    static byte[] body(int number) {
        return TEMPLATE.replace("@", MARK + String.format(Locale.ROOT, "%0" + DIGITS + "d", number))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The text of the event whose number is the value of {@code number}, as an SQL expression. */
    static String sql(String number) {
        return "replace('" + TEMPLATE.replace("'", "''") + "', '@', " + taskSql(number) + ")";
    }

    static String taskSql(String number) {
        return "'" + MARK + "' || lpad((" + number + ")::text, " + DIGITS + ", '0')";
    }

    /** The number of the first event that these bytes tell of, or -1. */
    static int number(byte[] text, int length) {
        byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + mark.length + DIGITS <= length; i++) {
            int m = 0;
            while (m < mark.length && text[i + m] == mark[m]) {
                m++;
            }
            if (m == mark.length && text[i + m] >= '0' && text[i + m] <= '9') {
                return Integer.parseInt(new String(text, i + m, DIGITS, StandardCharsets.US_ASCII));
            }
        }
        return -1;
    }
}
