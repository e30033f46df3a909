"""TNM to stage group against the published tables: boundary rows, by organ and edition.

A line: organ, edition (- is not stated), histology, age, TNM = groups. Sources: UICC TNM 7 (2009), 8 (2017), 9 (2025);
AJCC 8 (2017) and Version 9; FIGO 2009, 2014, 2018, 2021, 2023.
"""

import pytest

from rules.staging import Tnm, find_tnm, groups_of_m, groups_of_organs, groups_of_tnm, m_of_group
from rules.staging.groups import GROUP_TREE

ROWS = """
lung 8 - - T1miN0M0 = IA1
lung 8 - - T1aN0M0 = IA1
lung 8 - - T1bN0M0 = IA2
lung 8 - - T1cN0M0 = IA3
lung 8 - - T1N0M0 = IA1 IA2 IA3
lung 8 - - T2aN0M0 = IB
lung 8 - - T2bN0M0 = IIA
lung 8 - - T2N0M0 = IB IIA
lung 8 - - T3N0M0 = IIB
lung 8 - - T1cN1M0 = IIB
lung 8 - - T2bN1M0 = IIB
lung 8 - - T3N1M0 = IIIA
lung 8 - - T4N0M0 = IIIA
lung 8 - - T4N1M0 = IIIA
lung 8 - - T2aN2M0 = IIIA
lung 8 - - T3N2M0 = IIIB
lung 8 - - T4N2M0 = IIIB
lung 8 - - T1aN3M0 = IIIB
lung 8 - - T3N3M0 = IIIC
lung 8 - - T4N3M0 = IIIC
lung 8 - - TisN0M0 = 0
lung 8 - - T1bN2M0 = IIIA
lung 8 - - T2bN3M0 = IIIB
lung 9 - - T2bN1M0 = IIB
lung 9 - - T3N0M0 = IIB
lung 9 - - T4N2bM0 = IIIB
lung 9 - - T2aN3M0 = IIIB
lung 9 - - T3N3M0 = IIIC
lung 9 - - T1aN0M1b = IVA
lung 9 - - T2N1M0 = IIB
lung 8 - - T1aN0M1a = IVA
lung 8 - - T4N3M1b = IVA
lung 8 - - T1N0M1c = IVB
lung 8 - - T2N0M1 = IVA IVB
lung 8 lung_adenocarcinoma - T2aN1M0 = IIB
lung 8 sclc - T4N3M0 = IIIC
lung 7 - - T1aN0M0 = IA
lung 7 - - T1bN1M0 = IIA
lung 7 - - T2aN1M0 = IIA
lung 7 - - T2bN1M0 = IIB
lung 7 - - T4N1M0 = IIIA
lung 7 - - T4N2M0 = IIIB
lung 7 - - T1N3M0 = IIIB
lung 7 - - T1N0M1b = IV
lung 9 - - T1aN1M0 = IIA
lung 9 - - T1cN2aM0 = IIB
lung 9 - - T1cN2bM0 = IIIA
lung 9 - - T2aN2aM0 = IIIA
lung 9 - - T2bN2bM0 = IIIB
lung 9 - - T3N2aM0 = IIIA
lung 9 - - T3N2bM0 = IIIB
lung 9 - - T4N2aM0 = IIIB
lung 9 - - T4N3M0 = IIIC
lung 9 - - T2N0M1c2 = IVB
lung - - - T2bN1M0 = IIB
lung - - - T1aN1M0 = IIA IIB
pleura 8 mesothelioma - T3N0M0 = IB
pleura 8 mesothelioma - T2N1M0 = II
pleura 8 mesothelioma - T3N1M0 = IIIA
pleura 8 mesothelioma - T1N2M0 = IIIB
pleura 8 mesothelioma - T4N0M0 = IIIB
pleura 7 mesothelioma - T4N0M0 = IV
pleura 9 mesothelioma - T3N2M0 = IIIA
thymus 8 thymoma - T3N0M0 = IIIA
thymus 9 thymoma - T2N0M0 = II
thymus 9 thymic_carcinoma - T4N0M0 = IIIB
thymus 9 thymoma - T3N0M1a = IVA
thymus 8 thymoma - T2N1M0 = IVA
thymus 8 thymoma - T1N0M1a = IVA
thymus 8 thymoma - T1N2M0 = IVB
thymus 8 thymoma - T1N0M1b = IVB
breast 8 - - TisN0M0 = 0
breast 8 - - T1cN0M0 = IA
breast 8 - - T1N1miM0 = IB
breast 8 - - T1bN1aM0 = IIA
breast 8 - - T2N0M0 = IIA
breast 8 - - T2N1M0 = IIB
breast 8 - - T0N1aM0 = IIA
breast 8 - - T2N1miM0 = IIB
breast 8 - - T1cN2aM0 = IIIA
breast 8 - - T3N2M0 = IIIA
breast 8 - - T4cN1M0 = IIIB
breast 8 - - T4bN3cM0 = IIIC
breast 8 - - T0N0M1 = IV
breast 8 - - T3N0M0 = IIB
breast 8 - - T3N1M0 = IIIA
breast 8 - - T0N2M0 = IIIA
breast 8 - - T4bN0M0 = IIIB
breast 8 - - T4dN2M0 = IIIB
breast 8 - - T1N3aM0 = IIIC
breast 8 breast_nst - T2N1M1 = IV
sigmoid 8 - - TisN0M0 = 0
colon 8 colorectal_adenocarcinoma - T2N0M0 = I
colon 8 colorectal_adenocarcinoma - T3N0M0 = IIA
colon 8 colorectal_adenocarcinoma - T1N0M0 = I
colon 8 colorectal_adenocarcinoma - T1N1M0 = IIIA
colon 8 colorectal_adenocarcinoma - T3N1aM0 = IIIB
colon 8 colorectal_adenocarcinoma - T4aN1bM0 = IIIB
colon 8 colorectal_adenocarcinoma - T2N2bM0 = IIIB
colon 8 colorectal_adenocarcinoma - T4aN2bM0 = IIIC
colon 8 colorectal_adenocarcinoma - T4bN2aM0 = IIIC
colon 8 colorectal_adenocarcinoma - T2N0M1b = IVB
colon 8 colorectal_adenocarcinoma - T4aN0M0 = IIB
colon 8 colorectal_adenocarcinoma - T4bN0M0 = IIC
rectum 8 colorectal_adenocarcinoma - T2N1cM0 = IIIA
rectum 8 colorectal_adenocarcinoma - T1N2aM0 = IIIA
rectum 8 colorectal_adenocarcinoma - T2N2aM0 = IIIB
rectum 8 colorectal_adenocarcinoma - T1N2bM0 = IIIB
rectum 8 colorectal_adenocarcinoma - T3N2aM0 = IIIB
rectum 8 colorectal_adenocarcinoma - T3N2bM0 = IIIC
rectum 8 colorectal_adenocarcinoma - T4aN2aM0 = IIIC
rectum 8 colorectal_adenocarcinoma - T4bN1M0 = IIIC
colon 8 colorectal_adenocarcinoma - T3N1M1a = IVA
colon 8 colorectal_adenocarcinoma - T3N1M1c = IVC
colon 7 colorectal_adenocarcinoma - T3N1M1 = IVA IVB
oesophagus 8 oesophageal_scc - cT1N1M0 = I IIB
oesophagus 8 oesophageal_scc - T3N0M0 = II IIA IIB
oesophagus 8 oesophageal_scc - T1N2M0 = III IIIA
oesophagus 8 oesophageal_scc - T4bN0M0 = IVA
oesophagus 8 oesophageal_scc - T4aN0M0 = IVA IIIB
oesophagus 8 oesophageal_adenocarcinoma - T2N0M0 = IIB IC IIA
oesophagus 8 oesophageal_adenocarcinoma - T2N1M0 = III IIIA
oesophagus 8 oesophageal_adenocarcinoma - T4aN1M0 = III IIIB
oesophagus 8 oesophageal_adenocarcinoma - T4bN1M0 = IVA
oesophagogastric_junction 8 - - T1N0M1 = IV IVB
oesophagus 8 oesophageal_scc - T2N0M0 = II IB IIA
oesophagus 8 oesophageal_scc - T3N1M0 = III IIIB
oesophagus 8 oesophageal_scc - T4aN2M0 = IVA
oesophagus 8 oesophageal_scc - T2N3M0 = IVA
oesophagus 8 oesophageal_adenocarcinoma - T1N1M0 = IIA IIB
oesophagus 8 oesophageal_adenocarcinoma - T3N2M0 = IVA IIIB
oesophagus 8 oesophageal_adenocarcinoma - T3N0M1 = IVB
oesophagus 7 oesophageal_adenocarcinoma - T3N1M0 = IIIA
stomach 8 gastric_adenocarcinoma - T1N0M0 = I IA
stomach 8 gastric_adenocarcinoma - T2N0M0 = I IB
stomach 8 gastric_adenocarcinoma - T1N1M0 = IIA IB
stomach 8 gastric_adenocarcinoma - T3N0M0 = IIB IIA
stomach 8 gastric_adenocarcinoma - T4aN0M0 = IIB
stomach 8 gastric_adenocarcinoma - T4aN2M0 = III IIIA
stomach 8 gastric_adenocarcinoma - T3N3aM0 = III IIIB
stomach 8 gastric_adenocarcinoma - T4aN3bM0 = III IIIC
stomach 8 gastric_adenocarcinoma - T4bN2M0 = IVA IIIB
stomach 8 gastric_adenocarcinoma - T3N1M0 = III IIB
stomach 8 gastric_adenocarcinoma - T4bN0M0 = IVA IIIA
stomach 8 gastric_adenocarcinoma - T2N3bM0 = IIA IIIB
stomach 8 gastric_adenocarcinoma - T3N2M1 = IVB IV
stomach 8 gastric_adenocarcinoma - ypT2N1M0 = IIA II
stomach 7 gastric_adenocarcinoma - T2N3M0 = IIIA
pancreas 8 pancreatic_ductal - T1N0M0 = IA
pancreas 8 pancreatic_ductal - T2N0M0 = IB
pancreas 8 pancreatic_ductal - T1N1M0 = IIB
pancreas 8 pancreatic_ductal - T3N2M0 = III
pancreas 8 pancreatic_ductal - T1N0M1 = IV
pancreas 8 pancreatic_ductal - T3N0M0 = IIA
pancreas 8 pancreatic_ductal - T3N1M0 = IIB
pancreas 8 pancreatic_ductal - T2N2M0 = III
pancreas 8 pancreatic_ductal - T4N0M0 = III
pancreas 8 pancreatic_ductal - T4N2M1 = IV
pancreas 8 pancreatic_net - T3N0M0 = II
pancreas 8 pancreatic_net - T1N1M0 = III
liver 8 hcc - T1aN0M0 = IA
liver 8 hcc - T1bN0M0 = IB
liver 8 hcc - T2N0M0 = II
liver 8 hcc - T4N1M0 = IVA
liver 8 hcc - T3N0M0 = IIIA
liver 8 hcc - T4N0M0 = IIIB
liver 8 hcc - T2N1M0 = IVA
liver 8 hcc - T2N0M1 = IVB
intrahepatic_bile_duct 8 cholangiocarcinoma - T1bN0M0 = IB
intrahepatic_bile_duct 8 cholangiocarcinoma - T1aN1M0 = IIIB
intrahepatic_bile_duct 8 cholangiocarcinoma - T4N0M0 = IIIB
perihilar_bile_duct 8 - - T2bN0M0 = II
perihilar_bile_duct 8 - - T2N1M0 = IIIC
perihilar_bile_duct 8 - - T4N2M0 = IVA
distal_bile_duct 8 - - T1N1M0 = IIA
distal_bile_duct 8 - - T3N1M0 = IIB
distal_bile_duct 8 - - T3N2M0 = IIIA
gallbladder 8 - - T2aN0M0 = IIA
gallbladder 8 - - T3N1M0 = IIIB
gallbladder 8 - - T4N0M0 = IVA
gallbladder 8 - - T1N2M0 = IVB
ampulla 8 ampullary_adenocarcinoma - T1bN0M0 = IB
ampulla 8 ampullary_adenocarcinoma - T2N1M0 = IIIA
ampulla 8 ampullary_adenocarcinoma - T1N2M0 = IIIB
anus 8 - - T2N0M0 = IIA
anus 8 - - T3N0M0 = IIB
anus 8 - - T2N1aM0 = IIIA
anus 8 - - T4N0M0 = IIIB
anus 8 - - T3N1cM0 = IIIC
anus 8 - - T1N0M0 = I
anus 9 - - T3N0M0 = IIIA
anus 9 - - T4N0M0 = IIIB
anus 9 - - T4N1M0 = IIIC
anus 9 - - T1N0M1 = IV
anus 9 - - T2N1M0 = IIB
anus 9 - - T3N1M0 = IIIA
small_bowel 8 small_bowel_adenocarcinoma - T4N0M0 = IIB
small_bowel 8 small_bowel_adenocarcinoma - T1N2M0 = IIIB
ileum 8 small_bowel_net - T3N0M0 = II
kidney 8 - - T1bN0M0 = I
kidney 8 - - T2bN0M0 = II
kidney 8 - - T3cN1M0 = III
kidney 8 - - T4N1M0 = IV
kidney 8 - - T3aN0M0 = III
kidney 8 - - T2N1M0 = III
kidney 8 - - T4N0M0 = IV
kidney 8 - - T1N0M1 = IV
bladder 8 - - TaN0M0 = 0a
bladder 8 - - TisN0M0 = 0is
bladder 8 - - T1N0M0 = I
bladder 8 - - T3bN0M0 = IIIA
bladder 8 - - T4aN3M0 = IIIB
bladder 8 - - T3N0M1a = IVA
bladder 8 - - T2bN0M0 = II
bladder 8 - - T4aN0M0 = IIIA
bladder 8 - - T2N1M0 = IIIA
bladder 8 - - T2N2M0 = IIIB
bladder 8 - - T4bN0M0 = IVA
bladder 8 - - T2N1M1a = IVA
bladder 8 - - T2N1M1b = IVB
bladder 7 - - T3N1M0 = IV
renal_pelvis 8 - - T3N0M0 = III
ureter 8 - - T1N1M0 = IV
prostate 8 - - T3bN0M0 = III
prostate 8 - - T1cN1M0 = IVA
prostate 8 - - T2N0M1b = IVB
prostate 8 - - T2cN0M0 = I II IIIA IIIC
testis 8 seminoma - T1N1M0 = IIA IIIB IIIC
testis 8 nonseminoma - T2N0M1a = IIIA IIIB IIIC
testis 8 nonseminoma - T2N0M1b = IIIC
penis 8 - - T1bN0M0 = IIA
penis 8 - - T3N0M0 = IIB
penis 8 - - T2N2M0 = IIIB
penis 8 - - T1N3M0 = IV
ovary 8 - - T1aN0M0 = IA
ovary 8 - - T1c3N0M0 = IC
ovary 8 - - T1bN0M0 = IB
ovary 8 - - T2aN0M0 = IIA
ovary 8 - - T3aN0M0 = IIIA2
ovary 8 - - T3bN1M0 = IIIB
ovary 8 high_grade_serous_carcinoma - T3cN1M0 = IIIC
ovary 8 - - T2bN0M0 = IIB
ovary 8 - - T1cN1M0 = IIIA1
ovary 8 - - T3aN1M0 = IIIA2
ovary 8 - - T3cN0M0 = IIIC
fallopian_tube 8 - - T3cN1M1a = IVA
ovary 8 - - T3cN1M1b = IVB
cervix 9 - - T1b2N0M0 = IB2
cervix 9 - - T1b3N0M0 = IB3
cervix 9 - - T1a2N0M0 = IA2
cervix 9 - - T2a2N0M0 = IIA2
cervix 9 - - T3aN0M0 = IIIA
cervix 9 - - T1b1N1M0 = IIIC1
cervix 9 - - T2bN0M1 = IVB
cervix 9 - - T2bN0M0 = IIB
cervix 9 - - T2aN1M0 = IIIC1
cervix 9 - - T3bN2M0 = IIIC2
cervix 9 - - T4N1M0 = IVA
cervix 7 - - T2bN1M0 = IIIB
cervix 8 - - T2bN1M0 = IIIB IIIC1 IIIC2
corpus_uteri 7 endometrial_carcinoma - T1bN0M0 = IB
corpus_uteri 7 endometrial_carcinoma - T2N0M0 = II
corpus_uteri 7 endometrial_carcinoma - T3bN0M0 = IIIB
corpus_uteri 8 endometrial_carcinoma - T1aN2M0 = IIIC2
corpus_uteri 8 endometrial_carcinoma - T3bN0M0 = IIIB
corpus_uteri 8 endometrial_carcinoma - T1aN0M1 = IVB IVC
corpus_uteri 8 endometrial_carcinoma - T3aN1M0 = IIIC1
corpus_uteri 8 endometrial_carcinoma - T4N2M0 = IVA
corpus_uteri 8 uterine_leiomyosarcoma - T2N1M0 = IIIC
vulva 7 - - T2N0M0 = II
vulva 7 - - T1bN2bM0 = IIIB
vulva 8 - - T3N0M0 = IIIA IVA
skin 8 cutaneous_melanoma - T2aN0M0 = IB
skin 8 cutaneous_melanoma - T1aN0M0 = IA
skin 8 cutaneous_melanoma - T2bN0M0 = IIA
skin 8 cutaneous_melanoma - T3bN0M0 = IIB
skin 8 cutaneous_melanoma - T0N1bM0 = IIIB
skin 8 cutaneous_melanoma - T0N3cM0 = IIIC
skin 8 cutaneous_melanoma - T1bN1aM0 = IIIA
skin 8 cutaneous_melanoma - T3aN2bM0 = IIIB
skin 8 cutaneous_melanoma - T3bN2aM0 = IIIC
skin 8 cutaneous_melanoma - T3aN0M0 = IIA
skin 8 cutaneous_melanoma - T4aN0M0 = IIB
skin 8 cutaneous_melanoma - T4bN0M0 = IIC
skin 8 cutaneous_melanoma - T2aN2aM0 = IIIA
skin 8 cutaneous_melanoma - T1aN2bM0 = IIIB
skin 8 cutaneous_melanoma - T3aN1aM0 = IIIB
skin 8 cutaneous_melanoma - T2bN3aM0 = IIIC
skin 8 cutaneous_melanoma - T4bN2cM0 = IIIC
skin 8 cutaneous_melanoma - T4bN3bM0 = IIID
skin 8 cutaneous_melanoma - T3bN1aM1c = IV
skin 7 cutaneous_melanoma - T4bN1aM0 = IIIB
skin 8 merkel_cell_carcinoma - T2N1aM0 = IIIA
skin 8 cutaneous_scc - T3N1M0 = III
skin 8 cutaneous_scc - T1N2M0 = IVA
choroid 8 uveal_melanoma - T3aN0M0 = IIB
choroid 8 uveal_melanoma - T1aN1M0 = IV
larynx 8 - - T1aN0M0 = I
larynx 8 - - T2N0M0 = II
larynx 8 - - T3N1M0 = III
larynx 8 - - T4aN0M0 = IVA
oral_cavity 8 - - T3N2bM0 = IVA
hypopharynx 8 - - T2N3bM0 = IVB
larynx 8 - - T3N0M0 = III
larynx 8 - - T1aN1M0 = III
larynx 8 - - cT4acN1M0 = IVA
larynx 8 - - T2N2cM0 = IVA
larynx 8 - - T4bN0M0 = IVB
larynx 8 - - T1N3bM0 = IVB
larynx 8 - - T1N0M1 = IVC
hypopharynx - - - T4aN2bM0 = IVA
oral_cavity 8 - - T2N0M0 = II
tonsil 8 hpv_positive_oropharyngeal_scc - T2N1M0 = I
tonsil 8 hpv_positive_oropharyngeal_scc - T0N1M0 = I
tonsil 8 hpv_positive_oropharyngeal_scc - T3N1M0 = II
tonsil 8 hpv_positive_oropharyngeal_scc - T2N3M0 = III
tonsil 8 hpv_negative_oropharyngeal_scc - T4aN2bM0 = IVA
tonsil 8 hpv_positive_oropharyngeal_scc - T4N3M0 = III
tonsil 8 hpv_positive_oropharyngeal_scc - T1N0M1 = IV
tonsil 8 hpv_negative_oropharyngeal_scc - T2N1M0 = III
tonsil 8 - - T2N1M0 = I III
tonsil 7 hpv_positive_oropharyngeal_scc - T2N1M0 = III
nasopharynx 8 - - T2N1M0 = II
nasopharynx 8 - - T4N2M0 = IVA
nasopharynx 8 - - T1N3M0 = IVA
nasopharynx 8 - - T1N3M1 = IVB
nasopharynx 7 - - T1N3M0 = IVB
nasopharynx 9 - - T1N1M0 = IB
nasopharynx 9 - - T3N2M0 = II
nasopharynx 9 - - T1N3M0 = III
nasopharynx 9 - - T1N0M1a = IVA
nasopharynx 9 - - T2N0M0 = IA
nasopharynx 9 - - T4N0M0 = III
nasopharynx 9 - - T4N0M1b = IVB
thyroid 8 papillary_thyroid_carcinoma 54 T4aN1bM0 = I
thyroid 8 papillary_thyroid_carcinoma 54 T1N0M1 = II
thyroid 8 papillary_thyroid_carcinoma 55 T2N0M0 = I
thyroid 8 papillary_thyroid_carcinoma 55 T1N1bM0 = II
thyroid 8 papillary_thyroid_carcinoma 55 T4aN0M0 = III
thyroid 8 papillary_thyroid_carcinoma 55 T4bN0M0 = IVA
thyroid 8 papillary_thyroid_carcinoma 55 T1N0M1 = IVB
thyroid 8 papillary_thyroid_carcinoma - T1N0M1 = II IVB
thyroid 7 papillary_thyroid_carcinoma 45 T2N1bM0 = IVA
thyroid 8 medullary_thyroid_carcinoma - T2N1aM0 = III
thyroid 8 medullary_thyroid_carcinoma - T2N1bM0 = IVA
thyroid 8 anaplastic_thyroid_carcinoma - T2N0M0 = IVA
thyroid 8 anaplastic_thyroid_carcinoma - T2N1M0 = IVB
soft_tissue 8 leiomyosarcoma - T2N0M0 = IB IIIA
soft_tissue 8 leiomyosarcoma - T2N1M0 = IIIB IV
bone 8 osteosarcoma - T1N0M1a = IVA
bone 8 osteosarcoma - T1N1M0 = IVB
stomach 8 gist - T3N0M0 = IB IIIA
ileum 8 gist - T1N1M0 = IV
adrenal_cortex 8 adrenocortical_carcinoma - T3N0M0 = III
"""


def _case(line: str) -> tuple[str, int | None, frozenset[str], int | None, str, frozenset[str]]:
    left, _, right = line.partition(" = ")
    organ, edition, histology, age, tnm = left.split()
    return (
        organ,
        None if edition == "-" else int(edition),
        frozenset() if histology == "-" else frozenset({histology}),
        None if age == "-" else int(age),
        tnm,
        frozenset(right.split()),
    )


LINES = [line for line in ROWS.splitlines() if line]


@pytest.mark.parametrize("line", LINES)
def test_the_group_of_a_tnm_is_the_published_one(line: str) -> None:
    organ, edition, histologies, age, text, groups = _case(line)
    [mention] = find_tnm(text)
    found = groups_of_tnm(organs=frozenset({organ}), tnm=mention.tnm, edition=edition, age=age, histologies=histologies)
    assert found == groups


@pytest.mark.parametrize("line", LINES)
def test_a_hidden_fact_only_widens_the_set(line: str) -> None:
    organ, edition, histologies, age, text, _ = _case(line)
    [mention] = find_tnm(text)
    organs = frozenset({organ})

    def groups(tnm_text: str, edition: int | None, age: int | None, histologies: frozenset[str]) -> frozenset[str]:
        tnm = find_tnm(tnm_text)[0].tnm
        return groups_of_tnm(organs=organs, tnm=tnm, edition=edition, age=age, histologies=histologies)

    whole = groups(text, edition, age, histologies)
    assert whole <= groups(text, None, age, histologies)
    assert whole <= groups(text, edition, None, histologies)
    assert whole <= groups(text, edition, age, frozenset())
    assert whole <= groups(text[: text.index("M")], edition, age, histologies)
    assert mention.tnm.m


@pytest.mark.parametrize(
    ("organ", "group", "m", "why"),
    [
        ("lung", "IV", {"M1"}, "stage IV of the lung is M1"),
        ("lung", "IIIB", {"M0"}, ""),
        ("breast", "IV", {"M1"}, ""),
        ("colon", "IV", {"M1"}, ""),
        ("rectum", "IVA", {"M1"}, ""),
        ("pancreas", "IV", {"M1"}, ""),
        ("larynx", "IVA", {"M0"}, "T4a or N2"),
        ("larynx", "IV", {"M0", "M1"}, "IVA and IVB are M0, IVC is M1"),
        ("larynx", "IVC", {"M1"}, ""),
        ("head_and_neck", "IVA", {"M0", "M1"}, "M1a in a nasopharynx of the 9th edition"),
        ("cervix", "IVA", {"M0"}, "bladder or rectum"),
        ("cervix", "IVB", {"M1"}, ""),
        ("corpus_uteri", "IVA", {"M0"}, ""),
        ("bladder", "IVA", {"M0", "M1"}, "T4b or M1a"),
        ("bladder", "IVB", {"M1"}, ""),
        ("prostate", "IVA", {"M0"}, "N1"),
        ("prostate", "IV", {"M0", "M1"}, ""),
        ("oesophagus", "IVA", {"M0"}, ""),
        ("stomach", "IVA", {"M0"}, "T4b, clinical"),
        ("stomach", "IV", {"M0", "M1"}, ""),
        ("liver", "IVA", {"M0"}, "N1"),
        ("thymus", "IVA", {"M0", "M1"}, ""),
        ("kidney", "IV", {"M0", "M1"}, "T4"),
        ("testis", "III", {"M0", "M1"}, "serum markers, or M1 without a stage IV"),
        ("thyroid", "II", {"M0", "M1"}, "M1 under 55"),
        ("ovary", "IIIC", {"M0"}, "peritoneum is not M1"),
        ("ovary", "IV", {"M1"}, ""),
        ("gallbladder", "IVB", {"M0", "M1"}, "N2"),
        ("lymphoma", "IV", {"M0", "M1"}, "no TNM"),
        ("cns", "IV", {"M0", "M1"}, "no TNM"),
    ],
)
def test_a_group_implies_metastases_only_where_it_demands_them(organ: str, group: str, m: set[str], why: str) -> None:
    assert m_of_group(frozenset({organ}), group) == m, why


def test_histology_and_age_decide_where_the_organ_does_not() -> None:
    skin, thyroid = frozenset({"skin"}), frozenset({"thyroid"})
    assert m_of_group(skin, "IV") == {"M0", "M1"}
    assert m_of_group(skin, "IV", histologies=frozenset({"cutaneous_melanoma"})) == {"M1"}
    papillary = frozenset({"papillary_thyroid_carcinoma"})
    assert m_of_group(thyroid, "II", edition=8, age=40, histologies=papillary) == {"M1"}
    assert groups_of_m(thyroid, "M1", edition=8, age=40, histologies=papillary) == {"II"}
    assert groups_of_m(frozenset({"lung"}), "M1", edition=8) == {"IVA", "IVB"}
    assert groups_of_m(frozenset({"testis"}), "M1") == {"IIIA", "IIIB", "IIIC"}


def test_several_organs_join_and_an_unknown_one_tells_nothing() -> None:
    tnm = find_tnm("T2N0M0")[0].tnm
    both = groups_of_tnm(organs=frozenset({"breast", "larynx"}), tnm=tnm, edition=8)
    assert both == {"IIA", "II"}
    assert groups_of_tnm(organs=frozenset({"breast", "cns"}), tnm=tnm, edition=8) == frozenset()
    assert groups_of_tnm(organs=frozenset(), tnm=tnm, edition=8) == frozenset()
    assert groups_of_organs(frozenset({"cns"})) is None


def test_a_histology_that_no_table_of_the_organ_holds_tells_nothing() -> None:
    tnm = find_tnm("T2N0M0")[0].tnm
    angiosarcoma = frozenset({"angiosarcoma"})
    assert groups_of_tnm(organs=frozenset({"breast"}), tnm=tnm, edition=8, histologies=angiosarcoma) == frozenset()


def test_nothing_of_the_tnm_known_tells_nothing() -> None:
    assert groups_of_tnm(organs=frozenset({"lung"}), tnm=Tnm(), edition=8) == frozenset()


def test_the_groups_of_an_organ_say_what_a_numeral_is_made_of() -> None:
    within = groups_of_organs(frozenset({"lung"}))
    assert within is not None
    assert {"IIIA", "IIIB", "IIIC"} <= within
    assert not any(GROUP_TREE.covers("IIID", group) for group in within)
