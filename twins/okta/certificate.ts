/** The certificate behind the org's signing keys: made for this twin, good for nothing outside of it. */
import { createHash, createPublicKey } from 'node:crypto';

/** DER in base 64, one line. */
export const CERTIFICATE = [
  'MIIDwTCCAqmgAwIBAgIUZWCZaNLIP77MLp6JAXhEm5ToaUMwDQYJKoZIhvcNAQELBQAwcDELMAkGA1UEBhMCVVMxEzARBgNVBAgM',
  'CkNhbGlmb3JuaWExFjAUBgNVBAcMDVNhbiBGcmFuY2lzY28xDTALBgNVBAoMBE9rdGExFDASBgNVBAsMC1NTT1Byb3ZpZGVyMQ8w',
  'DQYDVQQDDAZvcnJlcnkwHhcNMjYxMTIxMDk1MTE0WhcNNDYxMTE2MDk1MTE0WjBwMQswCQYDVQQGEwJVUzETMBEGA1UECAwKQ2Fs',
  'aWZvcm5pYTEWMBQGA1UEBwwNU2FuIEZyYW5jaXNjbzENMAsGA1UECgwET2t0YTEUMBIGA1UECwwLU1NPUHJvdmlkZXIxDzANBgNV',
  'BAMMBm9ycmVyeTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBALL741NPD5LmvOsMjtAcPFikjVknBPxElEH0COwNkmM1',
  'hm9F+5YeX/t5heGWuhZU1h0ow/nYeUl92aTtBupeof2TX5XkMREZxVrD0Vu5cu32oXAXTEOrhgp47WfA43GBVwk1DtMuAujLZDSc',
  'fdGgV19kwyIHRnSG4NdLO0OhjUWRcf04Ge+HAI1TImgwUO72yt5l4fMhXIsJC6tJaP4soE5hW0QixRq4CGeOnsD1JHjdwvaRbgJy',
  'ot3AooV5WBBuumzE4YDFhLRBfIUX/OUkKqB+MqAfjgcX9xsIKCmZ83svfx8FPt4d1ro0fYCBzkjs7iSrSqGX03d985ssRvzDyHsC',
  'AwEAAaNTMFEwHQYDVR0OBBYEFJLN0Uxu3NeL5Eb2PFUFHASYVwCXMB8GA1UdIwQYMBaAFJLN0Uxu3NeL5Eb2PFUFHASYVwCXMA8G',
  'A1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAF4fXwm/WUy+OAbiDE3RAAaL7lWUmksyQKPk7afHTfaf1lTnOG8c34VG',
  'fsQA0Qr/3uh8nVz+1CuFJ6oV9yh81esI0xxb2lyPaBL4jLSZLzyC46tetmwzZdv8hAM7e8+feiq+0T7+vvdGw3E54RQI/zqp1GRt',
  'qX43i8X4k5LYe/vtmhXpU37wZbmXvZsxjaPzkiqE48ZP1SC07XPax6qhNbGmep7h+4LU09jfPRDPDV5mKnHBa7KP8D+0v7I+LKhS',
  'I+FpujWAJQP4IxjSNt9klaseutAthWefLn7C9ezy0NCjxyCckEb/CUn+m+SBLIXbq9W1VDsTeWQ8hd3IS8bK3aU=',
].join('');

const der = Buffer.from(CERTIFICATE, 'base64');
const pem = `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----\n`;
const { n = '', e = '' } = createPublicKey(pem).export({ format: 'jwk' });

/** The public key in it, as a JSON Web Key has it. */
export const PUBLIC_KEY = { e, n } as const;

/** SHA-256 of the certificate, as `x5t#S256`. */
export const THUMBPRINT = createHash('sha256').update(der).digest('base64url');
