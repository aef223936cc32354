package org.manusroutes.standins;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Small files that are what their names say. */
final class SampleFiles {
    private SampleFiles() {}

    static byte[] csv() {
        return """
                region,quarter,revenue
                North,Q3,"1,204,500.00"
                South,Q3,"987,300.50"
                Übersee,Q3,"310,020.75"
                """.getBytes(StandardCharsets.UTF_8);
    }

    /** One page, A4, Helvetica, with a cross-reference table that holds (ISO 32000-1, 7.5). */
    static byte[] pdf(String line) {
        String page = "BT /F1 18 Tf 72 760 Td (" + line.replaceAll("[()\\\\]", "\\\\$0") + ") Tj ET";
        List<String> objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length " + page.length() + " >>\nstream\n" + page + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(pdf.length());
            pdf.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int table = pdf.length();
        pdf.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
        offsets.forEach(offset -> pdf.append(String.format("%010d 00000 n \n", offset)));
        pdf.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\n");
        pdf.append("startxref\n").append(table).append("\n%%EOF\n");
        return pdf.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
