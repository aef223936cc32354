package org.manusroutes.webhook;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts whom Java trusts, and remembers what it was shown: the JDK's own words are about paths and anchors. */
final class CertificateWitness {
    private final X509ExtendedTrustManager judge;
    private volatile X509Certificate @Nullable [] shown;

    /** @param trusted null for those that Java trusts */
    CertificateWitness(@Nullable KeyStore trusted) {
        this.judge = judge(trusted);
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Remembering()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** What is wrong with the certificate, or with TLS at all. */
    Look explain(String host, String words) {
        X509Certificate[] chain = shown;
        if (chain == null || chain.length == 0) {
            return words.contains("nrecognized SSL message")
                    ? Look.wrong(
                            "the port of " + host + " speaks http, not https",
                            "put TLS on it (docs/production.md), or correct the port in manus.webhook.public-url")
                    : Look.wrong(
                            "no TLS connection to " + host + " (" + words + ")",
                            "look at the TLS settings of the proxy; it needs TLS 1.2 or 1.3");
        }
        X509Certificate own = chain[0];
        if (own.getNotAfter().toInstant().isBefore(Instant.now())) {
            return Look.wrong(
                    "the certificate of " + host + " has expired on "
                            + own.getNotAfter().toInstant(),
                    "renew it, and have the proxy load it");
        }
        if (own.getNotBefore().toInstant().isAfter(Instant.now())) {
            return Look.wrong(
                    "the certificate of " + host + " is valid only from "
                            + own.getNotBefore().toInstant(),
                    "set the clock of this machine right, or wait");
        }
        if (words.contains("subject alternative") || words.contains("No name matching")) {
            return Look.wrong(
                    "the certificate at " + host + " is for another host" + names(own),
                    "get one for " + host + ", or use its host in manus.webhook.public-url");
        }
        if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())) {
            return Look.wrong(
                    "the certificate of " + host + " is self-signed, and Manus does not trust it",
                    "use one of a public CA, Let's Encrypt for example (docs/production.md)");
        }
        return Look.wrong(
                "the certificate of " + host + " is not signed by a CA that Java knows (issuer "
                        + own.getIssuerX500Principal().getName() + ")",
                "use one of a public CA, and have the proxy send the intermediate certificates too (fullchain)");
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names =
                    Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of());
            return names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", ", ": ", ""));
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    private static X509ExtendedTrustManager judge(@Nullable KeyStore trusted) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the CAs cannot be read", e);
        }
    }

    private final class Remembering extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            shown = chain.clone();
            judge.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            shown = chain.clone();
            judge.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            shown = chain.clone();
            judge.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
