"""What every protocol writes: consent, contraception, insurance, follow-up; nothing of it is for a form to answer."""

from tests.reading.criteria.rows import Row

CONSENT = (
    Row("Consentement éclairé signé", "I", "~"),
    Row("Affiliation à un régime de sécurité sociale", "I", "~"),
    Row("Patient ayant compris et signé la note d'information avant toute procédure", "I", "~"),
    Row("Refus de participer", "E", "~"),
    Row("Patient majeur protégé par la loi", "E", ("legal_guardianship", "legal_guardianship | ~", "~")),
    Row("Incapacité à se soumettre au suivi pour raisons géographiques, sociales ou psychiques", "E", "~"),
    Row("Participation simultanée à un autre essai thérapeutique", "E", "~"),
    Row("Signed informed consent", "I", "~"),
    Row("Willing and able to comply with scheduled visits", "I", "~"),
    Row("Unable to provide informed consent", "E", "~"),
)

CONTRACEPTION = (
    Row("Contraception efficace pendant l'étude et 6 mois après la fin du traitement", "I", "~"),
    Row("Femme en âge de procréer sans contraception efficace", "E", ("~", "sex female & ~")),
    Row("Test de grossesse négatif dans les 7 jours", "I", ("~", "not pregnancy")),
    Row("Agree to use highly effective contraception for 7 months after the last dose", "I", "~"),
    Row("Male partners of pregnant women must use condoms", "I", ("~", "-")),
)

OTHER = (
    Row("Espérance de vie > 3 mois", "I", "~"),
    Row("Capable d'avaler des comprimés", "I", "~"),
    Row("Tissu tumoral disponible (bloc FFPE ou biopsie récente)", "I", "~"),
    Row("Toute condition jugée incompatible avec l'étude par l'investigateur", "E", "~"),
    Row("Voie veineuse centrale", "I", "~"),
    Row("Inclusion possible dans l'essai ancillaire", "I", ("~", "-")),
    Row("Voir protocole", "I", ("~", "-")),
    Row("Life expectancy of at least 12 weeks", "I", "~"),
    Row("Any condition that would compromise the safety of the participant", "E", "~"),
    Row("Other protocol-defined inclusion criteria apply", "I", ("~", "-")),
)

TABLES = {"consent": CONSENT, "contraception": CONTRACEPTION, "other": OTHER}
