package org.manusroutes.cli.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.webhook.Look;
import org.manusroutes.webhook.PublicUrlLook;

/** Whether this receiver answers at its public URL, as far as can be seen from here. */
public final class PublicUrlCheck implements Check {
    private final @Nullable String url;
    private final PublicUrlLook look;

    /** @param url null when none is set */
    public PublicUrlCheck(@Nullable String url, PublicUrlLook look) {
        this.url = url;
        this.look = look;
    }

    @Override
    public String name() {
        return "public URL";
    }

    @Override
    public String waitsFor() {
        return "manus.webhook.public-url";
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        return url == null
                ? List.of(Finding.off(name(), "manus.webhook.public-url is not set"))
                : List.of(finding(look.at(url)));
    }

    private Finding finding(Look seen) {
        String mend = seen.mend();
        if (mend == null) {
            return Finding.ok(name(), seen.found());
        }
        return seen.isWrong() ? Finding.fail(name(), seen.found(), mend) : Finding.warn(name(), seen.found(), mend);
    }
}
