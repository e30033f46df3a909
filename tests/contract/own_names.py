"""A mapping that names every field of the contract as the contract does: the reference server as a mapped source."""

from connectors.mapping.load import read_mapping

_AXES = """
{pad}localisations: {{each: localisations, fields: {{libelle: libelle, cim10: cim10}}}}
{pad}toutes_tumeurs_solides: toutes_tumeurs_solides
{pad}histologies: histologies
{pad}situations: situations
{pad}stades: stades
{pad}lignes: lignes
{pad}biomarqueurs:
{pad}  each: biomarqueurs
{pad}  fields: {{nom: nom, exigence: exigence, variants: variants, seuil: seuil, groupe: groupe}}
{pad}age_min: age_min
{pad}age_max: age_max
{pad}sexe: sexe
{pad}oms_min: oms_min
{pad}oms_max: oms_max
{pad}criteres_inclusion: criteres_inclusion
{pad}criteres_non_inclusion: criteres_non_inclusion
"""
DOCUMENT = f"""
mapping: 1
source: archimaid
listing:
  format: json
  records: etudes
  total: total
  pages: pages
  generated_at: genere_le
  path: /api/v1/etudes
  paging: {{by: page, parameter: page, size_parameter: taille}}
  since: {{parameter: modifie_depuis}}
fields:
  id: id
  titre: titre
  statut: statut
  maj_le: maj_le
  acronyme: acronyme
  resume: resume
  identifiants: {{nct: identifiants.nct, eu_ct: identifiants.eu_ct, eudract: identifiants.eudract,
                 id_rcb: identifiants.id_rcb}}
  promoteur: promoteur
  phase: phase
  type: type
  specialites: specialites
  traitements: traitements
  url: url
  ouverte_le: ouverte_le
  fin_prevue_le: fin_prevue_le
  comparaison: comparaison
{_AXES.format(pad="  ")}
  cohortes:
    each: cohortes
    fields:
      id: id
      libelle: libelle
      statut: statut
{_AXES.format(pad="      ")}
  centres:
    each: centres
    fields:
      finess: finess
      nom: nom
      ville: ville
      territoire: territoire
      statut: statut
      verifie_le: verifie_le
      verifie_par: verifie_par
      investigateur: investigateur
      contact: {{nom: contact.nom, tel: contact.tel, courriel: contact.courriel}}
      cohortes: cohortes
      places: places
"""
OWN_NAMES = read_mapping(DOCUMENT.encode())
