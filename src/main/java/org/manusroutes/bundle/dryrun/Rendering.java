package org.manusroutes.bundle.dryrun;

import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.ContextBlockElement;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.TextObject;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.camel.DryEndpoint;
import org.manusroutes.text.Excerpt;
import org.manusroutes.text.Secrets;

/** What would have been sent to an endpoint, in words. */
final class Rendering {
    private static final Pattern PARAMETER = Pattern.compile(":[#?](\\w+)");
    private static final int LONGEST = 2000;

    private Rendering() {}

    static String of(Endpoint endpoint, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (endpoint instanceof DryEndpoint dry) {
            return excerpt(dry.wouldSend(exchange));
        }
        try {
            if (endpoint instanceof SqlEndpoint sql) {
                return sql(sql, body);
            }
            if (endpoint instanceof SlackEndpoint slack) {
                return slack(slack, body);
            }
            if (endpoint instanceof AWS2S3Endpoint s3) {
                return "s3://" + s3.getConfiguration().getBucketName() + "/"
                        + exchange.getMessage().getHeader(AWS2S3Constants.KEY);
            }
            if (body instanceof MimeMessage mail) {
                return mail(mail);
            }
        } catch (MessagingException | IOException e) {
            return "(cannot be shown: " + e.getMessage() + ")";
        }
        return other(endpoint, exchange);
    }

    private static String sql(SqlEndpoint endpoint, @Nullable Object body) {
        String query = endpoint.getQuery();
        Map<String, Object> parameters = new TreeMap<>();
        Matcher names = PARAMETER.matcher(query);
        while (body instanceof Map<?, ?> values && names.find()) {
            parameters.put(names.group(1), Objects.requireNonNullElse(values.get(names.group(1)), "null"));
        }
        return query.replaceAll(":\\?", ":#")
                + parameters.entrySet().stream()
                        .map(parameter -> "\n  " + parameter.getKey() + " = " + excerpt(parameter.getValue()))
                        .collect(Collectors.joining());
    }

    private static String slack(SlackEndpoint endpoint, @Nullable Object body) {
        if (!(body instanceof Message message)) {
            return endpoint.getChannel() + ": " + body;
        }
        List<String> lines = new ArrayList<>();
        String channel = message.getChannel() == null ? endpoint.getChannel() : message.getChannel();
        lines.add(channel + ": " + message.getText());
        for (LayoutBlock block : Objects.requireNonNullElse(message.getBlocks(), List.<LayoutBlock>of())) {
            if (block instanceof HeaderBlock header && header.getText() != null) {
                lines.add("  " + header.getText().getText());
            } else if (block instanceof SectionBlock section && section.getText() != null) {
                lines.add("  " + section.getText().getText());
            } else if (block instanceof ContextBlock context) {
                for (ContextBlockElement element : context.getElements()) {
                    lines.add("  " + (element instanceof TextObject text ? text.getText() : element.getType()));
                }
            } else {
                lines.add("  [" + block.getType() + "]");
            }
        }
        return String.join("\n", lines);
    }

    private static String mail(MimeMessage mail) throws MessagingException, IOException {
        Object content = mail.getContent();
        Object text = content instanceof Multipart parts && parts.getCount() > 0
                ? parts.getBodyPart(0).getContent()
                : content;
        return "to " + Arrays.toString(mail.getAllRecipients()) + ": " + mail.getSubject() + "\n  "
                + excerpt(String.valueOf(text).strip()).replace("\n", "\n  ");
    }

    /** The address without its secrets, the headers that go out, and the body as text. */
    private static String other(Endpoint endpoint, Exchange exchange) {
        String headers = new TreeMap<>(exchange.getMessage().getHeaders())
                .entrySet().stream()
                        .filter(header -> !header.getKey().startsWith("Camel"))
                        .map(header ->
                                "\n  " + header.getKey() + ": " + Secrets.value(header.getKey(), header.getValue()))
                        .collect(Collectors.joining());
        String body = exchange.getMessage().getBody(String.class);
        return URISupport.sanitizeUri(endpoint.getEndpointUri())
                + headers
                + (body == null ? "" : "\n  " + excerpt(body).replace("\n", "\n  "));
    }

    private static String excerpt(Object text) {
        return Excerpt.of(String.valueOf(text), LONGEST);
    }
}
