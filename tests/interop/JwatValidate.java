import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jwat.common.Diagnosis;
import org.jwat.common.Diagnostics;
import org.jwat.common.UriProfile;
import org.jwat.warc.WarcReader;
import org.jwat.warc.WarcReaderFactory;
import org.jwat.warc.WarcRecord;

/** Prints whatever JWAT finds wrong with WARC files: file, offset, words; and how many records it read. */
class JwatValidate {
    static boolean any = false;

    static void tell(String file, long offset, Diagnostics found) {
        for (Diagnosis one : found.getErrors())
            tell(file, offset, one);
        for (Diagnosis one : found.getWarnings())
            tell(file, offset, one);
    }

    static void tell(String file, long offset, Diagnosis one) {
        any = true;
        System.out.println(file + "\t" + offset + "\t" + one.type + " " + one.entity +
                           (one.information == null ? "" : " " + String.join(", ", one.information)));
    }

    static void read(String file) throws IOException {
        int records = 0;
        try (InputStream octets = new BufferedInputStream(new FileInputStream(file));
             WarcReader reader = WarcReaderFactory.getReader(octets)) {
            reader.setWarcTargetUriProfile(UriProfile.RFC3986);
            reader.setUriProfile(UriProfile.RFC3986);
            reader.setBlockDigestEnabled(true);
            reader.setPayloadDigestEnabled(true);
            for (WarcRecord record; (record = reader.getNextRecord()) != null; records++) {
                if (record.getPayloadContent() != null)
                    record.getPayloadContent().transferTo(OutputStream.nullOutputStream());
                record.close();
                tell(file, record.getStartOffset(), record.diagnostics);
                if (record.getHttpHeader() != null)
                    tell(file, record.getStartOffset(), record.getHttpHeader().diagnostics);
            }
            tell(file, -1, reader.diagnostics);
        }
        System.out.println(file + ": " + records + " records");
    }

    public static void main(String[] files) throws IOException {
        for (String file : files)
            read(file);
        System.exit(any ? 1 : 0);
    }
}
